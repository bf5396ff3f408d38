// What smoke reports.
#pragma once

#include <span>

#include "base/file_tree.hpp"
#include "finding/finding.hpp"
#include "history/excerpt.hpp"
#include "history/history.hpp"
#include "tools/smoke/run.hpp"
#include "tools/smoke/stairway.hpp"

namespace gauger::tools {

// Where the places of findings are looked up; all must outlive it.
struct Places {
  const base::FileTree& tree;
  const history::History& history;
  history::Sources& sources;
};

// A migration that failed in the run of that name.
[[nodiscard]] finding::Finding judge(const Failed& failed, const std::string& run,
                                     const Places& places);

[[nodiscard]] finding::Finding judge(const Leftover& leftover, const Places& places);

[[nodiscard]] std::span<const finding::RuleInfo> smoke_rules();

}  // namespace gauger::tools
