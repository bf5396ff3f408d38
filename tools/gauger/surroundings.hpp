// What the live checks would use beside the project's files and Python: a DSN, the base branch, a
// PostgreSQL. Only looked for here, never run or connected to.
#pragma once

#include <string>

#include "project/environment.hpp"
#include "project/project.hpp"

namespace gauger::tools {

// A value and where it comes from.
struct Choice {
  std::string value{};  // empty: there is none
  std::string why{};
};

// The DSN, masked.
[[nodiscard]] Choice find_dsn(const project::Project& project, const project::Request& request,
                              const project::Variables& env_file);

// The branch that a pull request is compared with.
[[nodiscard]] Choice find_base(const project::Project& project, const project::Request& request,
                               const project::Variables& env_file);

// The initdb of this machine, for a private server.
[[nodiscard]] Choice find_initdb(const project::Request& request);

}  // namespace gauger::tools
