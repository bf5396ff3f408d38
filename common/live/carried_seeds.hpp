// Seed scripts whose revisions give way to another one.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/file_tree.hpp"
#include "base/result.hpp"
#include "live/rewrite.hpp"
#include "seed/scripts.hpp"

namespace gauger::live {

struct CarriedSeeds {
  std::vector<Move> moves{};
  // One script gets the new name. Several become modules, which the new script calls in their
  // order.
  std::optional<std::string> path{};    // of the new script; nothing: there is none to carry
  std::optional<std::string> text{};    // nothing: it is moved there
  std::vector<std::string> replaced{};  // the old revisions, without those whose scripts are stubs
};

// What becomes of the scripts of these revisions when `revision` replaces them; stubs go to
// `backup`. Error (unreadable): a script cannot be read.
[[nodiscard]] base::Result<CarriedSeeds> carry_seeds(const base::FileTree& tree,
                                                     const std::vector<seed::Script>& scripts,
                                                     const std::set<std::string>& revisions,
                                                     const std::string& revision,
                                                     const std::string& backup);

}  // namespace gauger::live
