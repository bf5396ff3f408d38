// Walks over a History. All take time linear in revisions and edges, use no recursion, and end on
// any input, cycles included.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "history/history.hpp"

namespace gauger::history {

// One flag for each Index of a History.
using RevisionSet = std::vector<bool>;

enum class Follow : std::uint8_t {
  down_revisions,                   // as `alembic heads` and branch labels do
  down_revisions_and_dependencies,  // as `alembic upgrade` does
};

// The revisions `from` and all that lie below or above them.
[[nodiscard]] RevisionSet ancestors(const History& history, std::span<const Index> from,
                                    Follow follow);
[[nodiscard]] RevisionSet descendants(const History& history, std::span<const Index> from,
                                      Follow follow);

// Every revision of the graph after its down revisions and dependencies; of those that could come
// next, the one that was ready first. Revisions on a cycle and above one come last, in the order of
// the History.
[[nodiscard]] std::vector<Index> topological_order(const History& history);

// The common ancestors (or selves) of two revisions that are not below another of them; more than
// one only where branches were merged crosswise.
[[nodiscard]] std::vector<Index> common_ancestors(const History& history, Index left, Index right);

// A way through revisions that comes back to its first, each step to a down revision or dependency.
struct Cycle {
  std::vector<Index> revisions;
  Follow follow = Follow::down_revisions;  // what has to be followed to meet it
};

// One short cycle for each knot of revisions that are all ancestors of each other. A revision that
// names itself as `down_revision` is no cycle here (parents() leaves it out); one that depends on
// itself is.
[[nodiscard]] std::vector<Cycle> cycles(const History& history);

// The branch labels of a revision: its own and those of all its ancestors by `down_revision`.
// (Alembic also hands labels down to some ancestors of the labelled revision; that changes the
// labels of no head.)
[[nodiscard]] std::vector<std::string> labels_of(const History& history, Index revision);

// A label of each head, sorted, that tells the heads apart; empty where there is no such.
[[nodiscard]] std::vector<std::string> labels_of_heads(const History& history);

// Which of the labels in `branches` each revision belongs to: that of the nearest labelled revision
// at or below it, along the first parent. An index into `branches`, or `no_branch`.
constexpr std::uint32_t no_branch = UINT32_MAX;
[[nodiscard]] std::vector<std::uint32_t> branches_of(const History& history,
                                                     std::span<const std::string> branches);

}  // namespace gauger::history
