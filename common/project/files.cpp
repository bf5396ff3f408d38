#include "project/files.hpp"

#include <utility>

#include <fmt/format.h>

#include "base/file_tree.hpp"
#include "project/paths.hpp"

namespace gauger::project {
namespace {

constexpr std::size_t largest_config = std::size_t{1} << 20U;

}  // namespace

base::Result<std::string> read_config_file(const std::string& path) {
  const auto refuse = [&](std::string message) {
    return base::failure(
        {.kind = base::ErrorKind::configuration, .message = std::move(message), .path = path});
  };
  auto bytes = base::WorkingTree("/").read(path.substr(1));
  if (!bytes) {
    return refuse(std::move(bytes.error().message));
  }
  if (bytes->size() > largest_config) {
    return refuse(fmt::format("the file has {} bytes; a configuration over {} MiB is not read",
                              bytes->size(), largest_config >> 20U));
  }
  return bytes;
}

base::Result<std::optional<TomlValue>> read_tool_table(const std::string& path,
                                                       std::string_view tool) {
  if (!is_file(path)) {
    return std::nullopt;
  }
  auto bytes = read_config_file(path);
  if (!bytes) {
    return tl::unexpected<base::Error>(std::move(bytes.error()));
  }
  if (bytes->find(tool) == std::string::npos) {
    return std::nullopt;
  }
  const auto document = parse_toml(*bytes, path);
  if (!document) {
    return tl::unexpected<base::Error>(document.error());
  }
  const TomlValue* tools = document->find("tool");
  const TomlValue* table = tools == nullptr ? nullptr : tools->find(tool);
  if (table == nullptr) {
    return std::nullopt;
  }
  if (table->table() == nullptr) {
    return base::failure(
        {.kind = base::ErrorKind::configuration,
         .message = fmt::format("'tool.{}' must be a table, not {}", tool, table->kind()),
         .path = path,
         .position = table->position});
  }
  return *table;
}

}  // namespace gauger::project
