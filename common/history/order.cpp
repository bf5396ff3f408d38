#include "history/order.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace gauger::history {
namespace {

// The latest date below a revision, and whose it is.
struct Floor {
  Instant date = std::numeric_limits<Instant>::min();
  std::optional<Index> revision;
};

// Walks up the history; `judge(index, floor)` is called for each dated revision that has a dated
// one below it, and returns the date that counts for those above.
template <class Judge>
void walk_up(const History& history, Judge judge) {
  std::vector<Floor> known(history.size());
  for (const Index index : topological_order(history)) {
    Floor floor;
    for (const Index parent : history.parents(index)) {
      if (known[parent].revision && known[parent].date > floor.date) {
        floor = known[parent];
      }
    }
    const auto& created = history[index].header.created;
    if (!created) {
      known[index] = floor;
    } else if (!floor.revision) {
      known[index] = {created->utc, index};
    } else {
      known[index] = {judge(index, floor), index};
    }
  }
}

// By revision: which of the heads it was first reached from, counted from 1; 0: from none so far.
using Owners = std::vector<std::uint32_t>;

// The revisions at or below `head` that have no owner yet and now get `owner`.
std::vector<Index> take_branch(const History& history, Index head, std::uint32_t owner,
                               Owners& owners) {
  std::vector<Index> branch;
  std::vector<Index> todo = {head};
  while (!todo.empty()) {
    const Index index = todo.back();
    todo.pop_back();
    if (owners[index] == 0) {
      owners[index] = owner;
      branch.push_back(index);
      const auto parents = history.parents(index);
      todo.insert(todo.end(), parents.begin(), parents.end());
    }
  }
  return branch;
}

// Adds what `branch` needs to be applied first, by whatever way, to `needed`.
void take_needs(const History& history, const std::vector<Index>& branch, RevisionSet& needed) {
  std::vector<Index> todo(branch.begin(), branch.end());
  while (!todo.empty()) {
    const Index index = todo.back();
    todo.pop_back();
    if (needed[index]) {
      continue;
    }
    needed[index] = true;
    for (const auto next : {history.parents(index), history.dependencies(index)}) {
      todo.insert(todo.end(), next.begin(), next.end());
    }
  }
}

}  // namespace

std::vector<EarlyDate> early_dates(const History& history) {
  std::vector<EarlyDate> found;
  walk_up(history, [&](Index index, const Floor& floor) {
    const Instant own = history[index].header.created->utc;
    if (own < floor.date) {
      found.push_back({index, *floor.revision});
    }
    return own;
  });
  return found;
}

std::vector<DateMove> date_moves(const History& history, const RevisionSet& movable) {
  std::vector<DateMove> moves;
  walk_up(history, [&](Index index, const Floor& floor) {
    const CreateDate& created = *history[index].header.created;
    if (created.utc >= floor.date || !movable[index]) {
      return created.utc;
    }
    const std::optional<RaisedDate> raised = one_second_after(created, floor.date);
    if (!raised) {
      return created.utc;
    }
    moves.push_back({index, floor.date});
    return raised->utc;
  });
  return moves;
}

std::vector<Stacking> stack_heads(const History& history, std::span<const Index> heads) {
  std::vector<Stacking> result;
  Owners owners(history.size(), 0);
  RevisionSet needed(history.size(), false);
  for (std::size_t i = 0; i < heads.size(); ++i) {
    const auto owner = static_cast<std::uint32_t>(i + 1);
    const std::vector<Index> branch = take_branch(history, heads[i], owner, owners);
    if (i > 0) {
      Stacking stacking{.head = heads[i], .onto = heads[i - 1], .roots = {}, .fork = {}};
      for (const Index index : branch) {
        const auto parents = history.parents(index);
        const auto own = [&](Index parent) { return owners[parent] == owner; };
        if (std::none_of(parents.begin(), parents.end(), own)) {
          stacking.roots.push_back(index);
          if (!stacking.fork && !parents.empty()) {
            stacking.fork = parents.front();
          }
        }
      }
      // Something below may already need what would now come above it.
      if (std::any_of(branch.begin(), branch.end(), [&](Index index) { return needed[index]; })) {
        stacking.roots.clear();
      }
      result.push_back(std::move(stacking));
    }
    take_needs(history, branch, needed);
  }
  return result;
}

std::vector<Index> by_create_date(const History& history, std::vector<Index> revisions) {
  const auto key = [&](Index index) {
    const auto& created = history[index].header.created;
    return std::pair(created ? created->utc : std::numeric_limits<Instant>::max(), index);
  };
  std::sort(revisions.begin(), revisions.end(), [&](Index a, Index b) { return key(a) < key(b); });
  return revisions;
}

}  // namespace gauger::history
