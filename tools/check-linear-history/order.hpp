// --fix=order: stacks the revisions that the base does not have on the base's head.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_tree.hpp"
#include "base/result.hpp"
#include "branch/merged_history.hpp"

namespace gauger::tools {

struct OrderFix {
  std::size_t files = 0;  // changed
  std::vector<base::Error> errors;
};

// In Create Date order, but never a revision before one that it stands on: edits `down_revision`,
// the header's `Revises:`, and Create Dates that would be before what is below. No revision of the
// base is touched, and none gets anything below it. `show` gets what is about to change, a unified
// diff for each file below `root`, which `disk` reads.
//
// All files are written, or, where one cannot be, none is.
[[nodiscard]] OrderFix fix_order(const branch::MergedHistory& merged, const std::string& base_name,
                                 const base::FileTree& disk, const std::string& root,
                                 const std::function<void(std::string_view)>& show);

}  // namespace gauger::tools
