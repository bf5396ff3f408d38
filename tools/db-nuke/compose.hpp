// The server that the project's compose file runs.
#pragma once

#include <optional>
#include <string>

#include "base/result.hpp"
#include "project/project.hpp"

namespace gauger::tools {

// Absolute path of the compose file in the project's folder or a parent, up to the repository's
// root.
[[nodiscard]] std::optional<std::string> find_compose_file(const project::Project& project);

// Whether one of the file's services publishes the port that the DSN leads to, as `docker compose
// config` has it. Errors (environment, usage): it cannot be told, or none does.
[[nodiscard]] base::Result<void> runs_server(const std::string& compose_file,
                                             const std::string& dsn);

// `docker compose down -v`, then up again, until the server answers; the DSN's database is made
// where the image did not. Errors (environment, database): that failed; the database is not empty.
[[nodiscard]] base::Result<void> renew_volume(const std::string& compose_file,
                                              const std::string& dsn);

}  // namespace gauger::tools
