#include "tools/db-nuke/compose.hpp"

#include <chrono>
#include <filesystem>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/file_tree.hpp"
#include "base/process.hpp"
#include "database/connection.hpp"
#include "database/dsn.hpp"

namespace gauger::tools {
namespace {

using base::Result;
using namespace std::chrono_literals;

Result<void> compose(const std::string& file, const std::vector<std::string>& words) {
  std::vector<std::string> arguments{"docker", "compose", "-f", file};
  arguments.insert(arguments.end(), words.begin(), words.end());
  const auto finished = base::run({.arguments = arguments});
  if (!finished) {
    return base::failure(finished.error());
  }
  if (finished->status != 0) {
    return base::failure({.kind = base::ErrorKind::environment,
                          .message = fmt::format("{} failed", fmt::join(arguments, " ")),
                          .help = finished->errors});
  }
  return {};
}

Result<void> ensure_database(const std::string& dsn) {
  const auto name = database::read_dsn(dsn);
  auto last = database::Connection::open(dsn);
  for (int tries = 0; !last && tries < 120; ++tries) {
    if (last.error().message.find("does not exist") != std::string::npos && name) {
      auto beside = database::Connection::open(database::with_database(dsn, "postgres"));
      if (beside) {
        static_cast<void>(
            beside->query("CREATE DATABASE " + database::quote_identifier(name->find("dbname"))));
      }
    }
    std::this_thread::sleep_for(500ms);
    last = database::Connection::open(dsn);
  }
  if (!last) {
    return base::failure(last.error());
  }
  return {};
}

}  // namespace

std::optional<std::string> find_compose_file(const project::Project& project) {
  std::string folder = project.folder;
  while (true) {
    for (const std::string_view name :
         {"compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"}) {
      const std::filesystem::path path =
          std::filesystem::path(project.repository_root) / folder / name;
      if (std::filesystem::exists(path)) {
        return path.string();
      }
    }
    if (folder.empty()) {
      return std::nullopt;
    }
    folder = std::string(base::parent_path(folder));
  }
}

Result<void> renew_volume(const std::string& compose_file, const std::string& dsn) {
  if (auto down = compose(compose_file, {"down", "-v"}); !down) {
    return down;
  }
  if (auto up = compose(compose_file, {"up", "-d"}); !up) {
    return up;
  }
  return ensure_database(dsn);
}

}  // namespace gauger::tools
