#include "tools/db-nuke/compose.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/file_tree.hpp"
#include "base/json.hpp"
#include "base/process.hpp"
#include "database/connection.hpp"
#include "database/dsn.hpp"

namespace gauger::tools {
namespace {

using base::Result;
using namespace std::chrono_literals;

Result<std::string> compose(const std::string& file, const std::vector<std::string>& words) {
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
  return finished->output;
}

// "5432", also where compose writes a number.
std::string text_of(const base::Json& value) {
  return value.is_string() ? value.get<std::string>() : value.is_number() ? value.dump() : "";
}

bool publishes(const base::Json& service, const std::string& port) {
  if (!service.is_object() || !service.contains("ports") || !service["ports"].is_array()) {
    return false;
  }
  const base::Json& ports = service["ports"];
  return std::any_of(ports.begin(), ports.end(), [&](const base::Json& each) {
    return each.is_object() && each.contains("published") && text_of(each["published"]) == port;
  });
}

Result<void> refuse_what_is_left(const std::string& dsn) {
  auto connection = database::Connection::open(dsn);
  if (!connection) {
    return base::failure(std::move(connection.error()));
  }
  const auto tables = connection->query(
      "SELECT count(*) FROM pg_catalog.pg_class WHERE relkind IN ('r', 'p') AND oid >= 16384");
  if (!tables) {
    return base::failure(tables.error());
  }
  if (tables->at(0).at(0) != "0") {
    return base::failure({.kind = base::ErrorKind::database,
                          .message = "the volume is new, and the database still has tables: the "
                                     "compose file does not run its server",
                          .help = "without --volume the database itself is renewed"});
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

Result<void> runs_server(const std::string& compose_file, const std::string& dsn) {
  const auto output = compose(compose_file, {"config", "--format", "json"});
  if (!output) {
    return base::failure(output.error());
  }
  const auto config = base::parse_json(*output);
  const auto keywords = database::read_dsn(dsn);
  if (!keywords) {
    return base::failure(keywords.error());
  }
  const std::string given(keywords->find("port"));
  const std::string port = given.empty() ? "5432" : given;
  if (config && config->is_object() && config->contains("services")) {
    for (const base::Json& service : (*config)["services"]) {
      if (publishes(service, port)) {
        return {};
      }
    }
  }
  return base::failure(
      {.kind = base::ErrorKind::usage,
       .message = fmt::format("no service of {} publishes port {}, where the database is: nothing "
                              "was done",
                              compose_file, port),
       .help = "without --volume the database itself is renewed"});
}

Result<void> renew_volume(const std::string& compose_file, const std::string& dsn) {
  if (auto down = compose(compose_file, {"down", "-v"}); !down) {
    return base::failure(std::move(down.error()));
  }
  if (auto up = compose(compose_file, {"up", "-d"}); !up) {
    return base::failure(std::move(up.error()));
  }
  if (auto there = ensure_database(dsn); !there) {
    return there;
  }
  return refuse_what_is_left(dsn);
}

}  // namespace gauger::tools
