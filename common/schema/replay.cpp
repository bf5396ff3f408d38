#include "schema/replay.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

#include "catalog/apply.hpp"

namespace gauger::schema {
namespace {

using catalog::Catalog;
using catalog::Past;

constexpr Index none = UINT32_MAX;

// The history as a forest: each revision above the parent whose catalog it goes on with.
struct Forest {
  std::vector<Index> order{};  // parents first
  std::vector<Index> rank{};   // the place in it
  std::vector<Index> roots{};
  std::vector<std::vector<Index>> above{};  // the largest subtree last
  std::vector<bool> wanted{};               // it, or one above, is to be visited
};

template <class Use>
void for_parents(const history::History& history, Index revision, const Use& use) {
  for (const auto parents : {history.parents(revision), history.dependencies(revision)}) {
    std::for_each(parents.begin(), parents.end(), use);
  }
}

Forest make_forest(const history::History& history, const RevisionSet& chosen) {
  Forest forest;
  forest.order = topological_order(history);
  forest.rank.assign(history.size(), none);
  for (std::size_t i = 0; i < forest.order.size(); ++i) {
    forest.rank[forest.order[i]] = static_cast<Index>(i);
  }
  forest.above.resize(history.size());
  forest.wanted.assign(history.size(), false);
  std::vector<Index> base(history.size(), none);
  for (const Index revision : forest.order) {
    // The last parent's branch is the first that `alembic upgrade` runs. On a cycle the order says
    // which edge is left out.
    for_parents(history, revision, [&](Index parent) {
      if (forest.rank[parent] < forest.rank[revision]) {
        base[revision] = parent;
      }
    });
    (base[revision] == none ? forest.roots : forest.above[base[revision]]).push_back(revision);
  }
  std::vector<std::size_t> size(history.size(), 0);
  for (auto at = forest.order.rbegin(); at != forest.order.rend(); ++at) {
    size[*at] += chosen[*at] ? 1U : 0U;
    forest.wanted[*at] = size[*at] > 0;
    if (base[*at] != none) {
      size[base[*at]] += size[*at];
    }
  }
  const auto by_size = [&](Index left, Index right) { return size[left] < size[right]; };
  for (const Index revision : forest.order) {
    auto& above = forest.above[revision];
    std::erase_if(above, [&](Index each) { return !forest.wanted[each]; });
    std::stable_sort(above.begin(), above.end(), by_size);
  }
  return forest;
}

class Replay {
 public:
  Replay(const history::History& history, const RevisionSet& chosen, const Operations& operations,
         const Visit& visit)
      : history_(history),
        chosen_(chosen),
        operations_(operations),
        visit_(visit),
        forest_(make_forest(history, chosen)),
        applied_(history.size(), false),
        broken_(history.size(), false) {
    for (const history::Missing& missing : history.missing()) {
      broken_[missing.revision] = true;
    }
  }

  void run(std::optional<Start> start) {
    if (start) {
      catalog_ = std::move(start->catalog);
      const Index from[] = {start->revision};
      applied_ = ancestors(history_, from, history::Follow::down_revisions_and_dependencies);
      applied_[start->revision] = true;
      std::vector<Fork> forks;
      climb(next_after(start->revision, forks), forks);
      return;
    }
    for (const Index root : forest_.roots) {
      if (forest_.wanted[root]) {
        catalog_ = Catalog{};
        catalog_.whereabouts.emplace();
        std::fill(applied_.begin(), applied_.end(), false);
        std::vector<Fork> forks;
        climb(root, forks);
      }
    }
  }

 private:
  // A branch point with a branch that is still to come.
  struct Fork {
    Index revision = 0;
    std::size_t next = 0;          // of forest_.above
    std::unique_ptr<Past> past{};  // of what is applied above it; none: on the last branch
    std::vector<Index> applied{};  // above it
  };

  // A revision and all that is above it, without recursion: a chain may be as long as it likes.
  void climb(Index first, std::vector<Fork>& forks) {
    for (Index at = first; at != none; at = next_after(at, forks)) {
      run_revision(at, forks);
    }
  }

  Index next_after(Index revision, std::vector<Fork>& forks) {
    const auto& above = forest_.above[revision];
    if (above.size() == 1) {
      return above.front();
    }
    if (!above.empty()) {
      forks.push_back({.revision = revision});
    }
    return next_branch(forks);
  }

  // Undoes the branch that ended, and goes back to where the next begins.
  Index next_branch(std::vector<Fork>& forks) {
    while (!forks.empty()) {
      Fork& fork = forks.back();
      if (fork.past != nullptr) {
        std::move(*fork.past).restore(catalog_);
        fork.past.reset();
        for (const Index revision : std::exchange(fork.applied, {})) {
          applied_[revision] = false;
        }
      }
      const auto& above = forest_.above[fork.revision];
      if (fork.next == above.size()) {
        forks.pop_back();
        continue;
      }
      const Index next = above[fork.next++];
      if (fork.next == above.size()) {
        // Nobody comes back to the last branch's beginning but an outer fork.
        forks.pop_back();
      } else {
        fork.past = std::make_unique<Past>(catalog_);
      }
      return next;
    }
    return none;
  }

  void run_revision(Index revision, std::vector<Fork>& forks) {
    bring_parents(revision, forks);
    if (broken_[revision]) {
      catalog_.complete = false;
    }
    if (chosen_[revision] && visit_(revision, {catalog_, past_of(forks)}) == Applied::yes) {
      note_applied(revision, forks);
    } else if (!forest_.above[revision].empty()) {
      apply(revision, forks);
    }
  }

  // What a merge has below it and the branch has not, in the order of `alembic upgrade`: branch by
  // branch, that of the last parent first (RevisionMap._topological_sort of alembic, from below).
  void bring_parents(Index revision, std::vector<Fork>& forks) {
    struct Step {
      Index at;
      bool parents_done;
    };
    std::vector<Index> missing;
    std::vector<Step> todo{{revision, false}};
    while (!todo.empty()) {
      const Step step = todo.back();
      todo.pop_back();
      if (step.parents_done) {
        missing.push_back(step.at);
        continue;
      }
      if (step.at != revision) {
        if (applied_[step.at]) {
          continue;
        }
        applied_[step.at] = true;
        todo.push_back({step.at, true});
      }
      for_parents(history_, step.at, [&](Index parent) {
        if (forest_.rank[parent] >= forest_.rank[step.at]) {
          catalog_.complete = false;  // a cycle
        } else {
          todo.push_back({parent, false});
        }
      });
    }
    for (const Index each : missing) {
      if (broken_[each]) {
        catalog_.complete = false;
      }
      apply(each, forks);
    }
  }

  // The innermost fork alone has to be told: what lies above it is undone before an outer one.
  static Past* past_of(std::vector<Fork>& forks) {
    return forks.empty() ? nullptr : forks.back().past.get();
  }

  void note_applied(Index revision, std::vector<Fork>& forks) {
    applied_[revision] = true;
    if (past_of(forks) != nullptr) {
      forks.back().applied.push_back(revision);
    }
  }

  void apply(Index revision, std::vector<Fork>& forks) {
    for (const migration::Operation& operation : operations_(revision)) {
      catalog::apply(operation, catalog_, revision, past_of(forks));
    }
    note_applied(revision, forks);
  }

  const history::History& history_;
  const RevisionSet& chosen_;
  const Operations& operations_;
  const Visit& visit_;
  Forest forest_;
  Catalog catalog_;
  std::vector<bool> applied_;  // to the catalog
  std::vector<bool> broken_;   // a parent is missing
};

bool is_here(Index revision, std::optional<std::uint32_t> created_in,
             const RevisionSet& unreleased) {
  return created_in &&
         (*created_in == revision || (*created_in < unreleased.size() && unreleased[*created_in]));
}

}  // namespace

void replay(const history::History& history, const RevisionSet& chosen,
            const Operations& operations, const Visit& visit, std::optional<Start> start) {
  Replay(history, chosen, operations, visit).run(std::move(start));
}

std::optional<Index> starts_at(const history::History& history, const RevisionSet& chosen) {
  std::optional<Index> start;
  std::vector<bool> seen(history.size(), false);
  for (const Index revision : topological_order(history)) {
    bool from_here = true;  // each parent is chosen, or is the start
    bool has_parents = false;
    for_parents(history, revision, [&](Index parent) {
      has_parents = true;
      if (!chosen[parent] && chosen[revision] && !start) {
        start = parent;
      }
      from_here = from_here && seen[parent] && (chosen[parent] || parent == start);
    });
    seen[revision] = true;
    if (chosen[revision] && !(from_here && has_parents)) {
      return std::nullopt;
    }
  }
  return start;
}

Catalog after(const history::History& history, Index revision, const Operations& operations) {
  RevisionSet chosen(history.size(), false);
  chosen[revision] = true;
  Catalog result;
  replay(history, chosen, operations, [&](Index /*revision*/, const catalog::Changing& found) {
    result = found.catalog;
    return Applied::no;
  });
  for (const migration::Operation& operation : operations(revision)) {
    catalog::apply(operation, result, revision);
  }
  return result;
}

bool created_here(const catalog::Table& table, Index revision, const RevisionSet& unreleased) {
  return table.certainty == catalog::Certainty::certain &&
         is_here(revision, table.created_in, unreleased);
}

bool created_here(const catalog::Enum& type, Index revision, const RevisionSet& unreleased) {
  return type.certainty == catalog::Certainty::certain &&
         is_here(revision, type.created_in, unreleased);
}

}  // namespace gauger::schema
