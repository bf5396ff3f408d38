#include "tools/gauger/executables.hpp"

#include <array>
#include <climits>
#include <unistd.h>

#include <fmt/format.h>

#include "base/file_tree.hpp"

namespace gauger::tools {

std::optional<std::string> own_folder() {
  std::array<char, PATH_MAX> buffer{};
  const ssize_t size = ::readlink("/proc/self/exe", buffer.data(), buffer.size());
  if (size <= 0) {
    return std::nullopt;
  }
  const std::string_view path(buffer.data(), static_cast<std::size_t>(size));
  return std::string(base::parent_path(path));
}

std::vector<std::string> tool_candidates(std::string_view tool) {
  const std::optional<std::string> folder = own_folder();
  if (!folder) {
    return {};
  }
  return {fmt::format("{}/libexec/gauger/{}", base::parent_path(*folder), tool),
          fmt::format("{}/{}", *folder, tool)};
}

std::optional<std::string> find_tool(std::string_view tool) {
  for (std::string& path : tool_candidates(tool)) {
    if (::access(path.c_str(), X_OK) == 0) {
      return std::move(path);
    }
  }
  return std::nullopt;
}

}  // namespace gauger::tools
