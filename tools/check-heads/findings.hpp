// What check-heads finds in a history.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "finding/finding.hpp"
#include "history/excerpt.hpp"
#include "history/graph.hpp"
#include "history/history.hpp"
#include "project/project.hpp"

namespace gauger::tools {

// What a check of the graph is made of. `unread`: how many revision files could not be read, and
// may hold what is missing.
struct HeadsInput {
  const history::History& history;
  history::Sources& sources;
  const project::Project& project;
  std::size_t unread = 0;
  // The revisions that the base does not have, which go on top of the others; null: not known.
  const history::RevisionSet* own = nullptr;
};

// Everything that keeps Alembic from loading the history as its files say it.
[[nodiscard]] std::vector<finding::Finding> find_problems(const HeadsInput& input);

// A finding for each head beyond the first, or beyond the first of its branch.
[[nodiscard]] std::vector<finding::Finding> find_extra_heads(const HeadsInput& input);

// Gives a finding the place of a span in a file, with its source lines.
void locate(finding::Finding& finding, history::Sources& sources, const std::string& path,
            base::Span span);

[[nodiscard]] std::span<const finding::RuleInfo> check_heads_rules();

}  // namespace gauger::tools
