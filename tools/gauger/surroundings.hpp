// What the live checks would use beside the project's files: its Python, a DSN, the base branch, a
// PostgreSQL. Only looked for here, never run or connected to.
#pragma once

#include <string>
#include <vector>

#include "project/environment.hpp"
#include "project/project.hpp"

namespace gauger::tools {

// A value and where it comes from.
struct Choice {
  std::string value{};  // empty: there is none
  std::string why{};
};

// The command that runs the project's Python: [database] python, uv, poetry, a virtual environment,
// the python3 of the PATH.
struct PythonChoice {
  std::vector<std::string> command{};
  std::string why{};
  bool found = true;        // false: the command's first word is no executable
  bool of_project = false;  // something in the project says so, and says it on every machine
};
[[nodiscard]] PythonChoice find_python(const project::Project& project,
                                       const project::Request& request);

// The DSN, masked.
[[nodiscard]] Choice find_dsn(const project::Project& project, const project::Request& request,
                              const project::Variables& env_file);

// The branch that a pull request is compared with.
[[nodiscard]] Choice find_base(const project::Project& project, const project::Request& request,
                               const project::Variables& env_file);

// The initdb of this machine, for a private server.
[[nodiscard]] Choice find_initdb(const project::Request& request);

}  // namespace gauger::tools
