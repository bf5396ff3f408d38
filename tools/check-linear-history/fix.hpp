// --fix=dates: raises dates that are before their parent's.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_tree.hpp"
#include "base/result.hpp"
#include "history/graph.hpp"
#include "history/history.hpp"

namespace gauger::tools {

struct DateFix {
  std::size_t files = 0;  // changed
  std::vector<base::Error> errors;
};

// Writes each `Create Date:` that is before its parent's as one second after it, from the base up,
// in the files of `movable` revisions below `root`, which `tree` reads. `show` gets what
// is about to change, a unified diff for each file.
[[nodiscard]] DateFix fix_dates(const history::History& history,
                                const history::RevisionSet& movable, const base::FileTree& tree,
                                const std::string& root,
                                const std::function<void(std::string_view)>& show);

}  // namespace gauger::tools
