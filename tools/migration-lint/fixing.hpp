// Which of the edits that findings propose are made.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/encoding.hpp"
#include "base/file_tree.hpp"
#include "base/text.hpp"
#include "cli/run_tool.hpp"
#include "finding/finding.hpp"

namespace gauger::tools {

// A file as it is mended.
struct Mended {
  base::SourceText source;  // as it was
  std::vector<base::Edit> edits{};
  std::string text{};  // afterwards
  std::string bytes{};
};

struct Fixes {
  std::map<std::string, Mended> files{};  // by tree path
  std::size_t refused = 0;                // fixes that would not have mended what they are for
};

// The fixes of `findings` in files that are not in `untouched`, but for those after which their own
// finding would still be there, or which leave a file that cannot be read. `look` lints a tree.
[[nodiscard]] base::Result<Fixes> choose_fixes(
    const std::vector<finding::Finding>& findings, const std::set<std::string>& untouched,
    const base::FileTree& tree,
    const std::function<base::Result<cli::Outcome>(const base::FileTree&)>& look);

}  // namespace gauger::tools
