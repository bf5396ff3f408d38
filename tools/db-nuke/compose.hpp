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

// `docker compose down -v`, then up again, until the server answers; the DSN's database is made
// where the image did not. Error (environment, database): that failed.
[[nodiscard]] base::Result<void> renew_volume(const std::string& compose_file,
                                              const std::string& dsn);

}  // namespace gauger::tools
