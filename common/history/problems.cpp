#include "history/problems.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

namespace gauger::history {
namespace {

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// What the constructor of Alembic's Revision refuses.
void add_own(const History& history, Index index, std::vector<Problem>& found) {
  const Revision& revision = history[index];
  if (contains(revision.down_revisions, revision.id)) {
    found.push_back({ProblemKind::self_parent, index, revision.id});
  } else if (contains(revision.depends_on, revision.id)) {
    found.push_back({ProblemKind::self_dependency, index, revision.id});
  }
  if (revision.id.find_first_of("@-+:") != std::string::npos) {
    found.push_back({ProblemKind::illegal_id, index, revision.id});
  }
}

// A label is taken when another revision carries it, when one revision carries it twice, and when
// it is somebody's id (RevisionMap._map_branch_labels).
void add_labels(const History& history, std::vector<Problem>& found) {
  const std::vector<Label>& labels = history.labels();
  std::size_t first = 0;  // of those with the same name
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const Label& label = labels[i];
    first = labels[first].name == label.name ? first : i;
    if (const auto owner = history.find(label.name)) {
      found.push_back({ProblemKind::duplicate_label, label.revision, label.name, {*owner}});
    } else if (first < i) {
      found.push_back(
          {ProblemKind::duplicate_label, label.revision, label.name, {labels[first].revision}});
    }
  }
}

void add_missing(const History& history, Missing::From from, ProblemKind kind,
                 std::vector<Problem>& found) {
  for (const Missing& missing : history.missing()) {
    if (missing.from == from && !missing.external) {
      found.push_back({kind, missing.revision, missing.name});
    }
  }
}

void add_duplicates(const History& history, std::vector<Problem>& found) {
  std::map<std::string_view, std::vector<Index>> files;
  for (Index i = 0; i < history.size(); ++i) {
    if (history.shadowed(i)) {
      files[history[i].id].push_back(i);
    }
  }
  for (auto& [id, indices] : files) {
    const Index in_force = *history.find(id);
    indices.push_back(in_force);
    found.push_back({ProblemKind::duplicate_id, in_force, std::string(id), std::move(indices)});
  }
}

}  // namespace

std::vector<Problem> problems(const History& history) {
  std::vector<Problem> found;
  for (Index i = 0; i < history.size(); ++i) {
    add_own(history, i, found);
  }
  add_labels(history, found);
  add_missing(history, Missing::From::depends_on, ProblemKind::unknown_dependency, found);
  add_missing(history, Missing::From::down_revision, ProblemKind::unknown_parent, found);
  for (Cycle& cycle : cycles(history)) {
    const Index first = cycle.revisions.front();
    const ProblemKind kind =
        cycle.follow == Follow::down_revisions ? ProblemKind::cycle : ProblemKind::dependency_cycle;
    if (cycle.revisions.size() == 1 && contains(history[first].depends_on, history[first].id)) {
      continue;  // a self_dependency, told already
    }
    found.push_back({kind, first, history[first].id, std::move(cycle.revisions)});
  }
  for (const Index base : history.bases()) {
    const std::vector<std::string>& names = history[base].depends_on;
    if (names.size() == 1 && names.front().empty()) {
      found.push_back({ProblemKind::empty_dependency, base, history[base].id});
    }
  }
  add_duplicates(history, found);
  return found;
}

bool stops_alembic(ProblemKind kind) { return kind != ProblemKind::duplicate_id; }

}  // namespace gauger::history
