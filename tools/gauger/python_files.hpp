// The Python files of a project, searched without running or parsing anything.
#pragma once

#include <string>
#include <vector>

#include "base/file_tree.hpp"
#include "project/project.hpp"

namespace gauger::tools {

// The tree paths of the .py files below the project's folder, sorted; without hidden folders,
// virtual environments, installed packages, and the migrations themselves. Symbolic links to
// folders are not followed, and very deep or large trees are not read to their end.
[[nodiscard]] std::vector<std::string> python_files(const base::WorkingTree& tree,
                                                    const project::Project& project);

// Those of the files that define tables, as their text looks.
[[nodiscard]] std::vector<std::string> model_files(const base::FileTree& tree,
                                                   const std::vector<std::string>& files);

// A few globs that match the models, which are some of the files, for `schema-paths`:
// "app/models/**/*.py" where a folder and folders in it have several, "app/*.py" where at least
// half of a folder's files are, "**/models.py" where folders have one of that name each, else the
// file. They may match more files than these, which does no harm.
[[nodiscard]] std::vector<std::string> suggest_globs(const std::vector<std::string>& models,
                                                     const std::vector<std::string>& files);

}  // namespace gauger::tools
