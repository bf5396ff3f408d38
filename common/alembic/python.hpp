// The project's own Python.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "project/project.hpp"

namespace gauger::alembic {

using Environment = std::map<std::string, std::string>;

// The command that runs the project's Python, and why it is that: [database] python, uv, poetry,
// pdm, pipenv, a virtual environment in the project or the active one, the python3 of the PATH.
// Only looked for, not run.
struct Python {
  std::vector<std::string> command{};
  std::string why{};
  bool found = true;        // false: the command's first word is no executable
  bool of_project = false;  // something in the project says so, and says it on every machine
};
[[nodiscard]] Python find_python(const project::Project& project, const Environment& environment);

// As a shell looks a command up; a name with a slash is seen from `folder`.
[[nodiscard]] std::optional<std::string> find_command(std::string_view name,
                                                      const std::string& folder,
                                                      const Environment& environment);

}  // namespace gauger::alembic
