// All Alembic projects below a folder, for repositories that have several.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "project/project.hpp"

namespace gauger::project {

struct Projects {
  std::vector<Project> projects;    // nearest first; no ini twice
  std::vector<base::Error> errors;  // of projects that cannot be loaded, and of a search cut short
};

// Looks in `folder` (absolute, canonical) and below it, where scan_below goes, for an ini, a
// [tool.alembic] or settings that name an ini, and loads each as `load` does with its folder as
// --project. A folder that one of `excluded` matches (globs, relative to `folder`) is left out with
// all below it. `request` says the rest; ALEMBIC_CONFIG, which names one project, does not count.
[[nodiscard]] Projects find_projects(const Request& request, const std::string& folder,
                                     const std::vector<std::string>& excluded);

}  // namespace gauger::project
