// Files of SQL and the like, of which revisions are made as much as of their own lines.
#pragma once

#include <map>
#include <set>
#include <string>

#include "base/file_tree.hpp"
#include "project/project.hpp"

namespace gauger::tools {

// Which of `files` (tree paths) upgrade() or downgrade() of `revisions` (tree paths of their files)
// reads, with the files of the revisions that do. A revision that cannot be read reads none.
[[nodiscard]] std::map<std::string, std::set<std::string>> find_readers(
    const base::FileTree& tree, const project::Project& project,
    const std::set<std::string>& revisions, const std::set<std::string>& files);

}  // namespace gauger::tools
