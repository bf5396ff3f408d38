// The migrations that a squash replaces.
#pragma once

#include <string>
#include <vector>

#include "base/file_tree.hpp"
#include "base/result.hpp"
#include "history/graph.hpp"
#include "history/history.hpp"
#include "project/project.hpp"

namespace gauger::tools {

// Those of `own`, from below; together they are the top of the history.
//
// Error (identifier): they are no chain, or something else stands on them.
[[nodiscard]] base::Result<std::vector<history::Index>> find_chain(const history::History& history,
                                                                   const history::RevisionSet& own);

// What autogenerate cannot write again, a sentence each: changes of rows, rights, what is not
// understood, labels and dependencies.
[[nodiscard]] base::Result<std::vector<std::string>> find_lost(
    const project::Project& project, const base::FileTree& tree, const history::History& history,
    const std::vector<history::Index>& chain);

}  // namespace gauger::tools
