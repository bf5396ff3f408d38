// The order of revisions in time, and what would mend it.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "history/graph.hpp"
#include "history/history.hpp"

namespace gauger::history {

// A revision with an earlier Create Date than a revision below it.
struct EarlyDate {
  Index revision = 0;
  Index before = 0;  // its latest parent, or the nearest dated revision below an undated one
};

// In topological order. A revision without a readable date is passed over: its children are
// compared with what is below it.
[[nodiscard]] std::vector<EarlyDate> early_dates(const History& history);

// A revision whose date moves to one second after `after`, the date that what is below it has then.
struct DateMove {
  Index revision = 0;
  Instant after = 0;
};

// The moves that leave no early date, from the bases up, so that one move may make the next. Only
// revisions of `movable` move. None for a date that one_second_after() cannot give.
[[nodiscard]] std::vector<DateMove> date_moves(const History& history, const RevisionSet& movable);

// What puts one head on top of another: its `roots` get the parent `onto`.
struct Stacking {
  Index head = 0;
  Index onto = 0;             // the head before it
  std::vector<Index> roots;   // where the branch of `head` begins; empty: no such edit exists,
                              // since `depends_on` ties the branches together
  std::optional<Index> fork;  // the revision that both descend from
};

// How several heads would become one, without a merge revision: the first keeps its place, and each
// of the others goes on top of the one before it.
[[nodiscard]] std::vector<Stacking> stack_heads(const History& history,
                                                std::span<const Index> heads);

// By Create Date, undated ones last, else in the order of the History.
[[nodiscard]] std::vector<Index> by_create_date(const History& history,
                                                std::vector<Index> revisions);

}  // namespace gauger::history
