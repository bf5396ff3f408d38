// What check-linear-history finds in a history.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "finding/finding.hpp"
#include "history/excerpt.hpp"
#include "history/graph.hpp"
#include "history/history.hpp"
#include "project/project.hpp"

namespace gauger::tools {

struct LinearInput {
  const history::History& history;
  history::Sources& sources;
  const project::Project& project;
  // The baseline and its ancestors, where the rules do not hold yet.
  const history::RevisionSet& settled;
  // The revisions that the base does not have, which go on top of the others; null: not known.
  const history::RevisionSet* own = nullptr;
};

// Merge revisions, branch points, several bases, and whatever keeps Alembic from loading the
// history at all (told in one sentence: check-heads tells more).
[[nodiscard]] std::vector<finding::Finding> find_forks(const LinearInput& input);

// Missing and unreadable dates, dates before the parent's, and headers that contradict the
// identifiers.
[[nodiscard]] std::vector<finding::Finding> find_header_faults(const LinearInput& input);

// A finding about a revision, at a span of its file.
[[nodiscard]] finding::Finding finding_at(const LinearInput& input, std::string_view rule,
                                          history::Index revision, base::Span span,
                                          std::string message, std::string help);

// Adds the place of a span in another revision's file.
void relate(const LinearInput& input, finding::Finding& finding, history::Index revision,
            base::Span span, std::string message);

[[nodiscard]] std::span<const finding::RuleInfo> check_linear_history_rules();

}  // namespace gauger::tools
