// Tarjan's strongly connected components, with a stack of its own in place of recursion, and a
// breadth-first search for a short way round in each.
#include <algorithm>
#include <limits>

#include "history/graph.hpp"

namespace gauger::history {
namespace {

constexpr Index none = std::numeric_limits<Index>::max();

std::vector<Index> below(const History& history, Index index, Follow follow) {
  const auto parents = history.parents(index);
  std::vector<Index> result(parents.begin(), parents.end());
  if (follow == Follow::down_revisions_and_dependencies) {
    const auto dependencies = history.dependencies(index);
    result.insert(result.end(), dependencies.begin(), dependencies.end());
  }
  return result;
}

// True where the topological order had to break its promise.
bool has_cycle(const History& history) {
  const std::vector<Index> order = topological_order(history);
  std::vector<Index> place(history.size(), none);
  for (Index i = 0; i < order.size(); ++i) {
    place[order[i]] = i;
  }
  return std::any_of(order.begin(), order.end(), [&](Index index) {
    const auto lower = below(history, index, Follow::down_revisions_and_dependencies);
    return std::any_of(lower.begin(), lower.end(),
                       [&](Index next) { return place[next] >= place[index]; });
  });
}

// By revision: the number of its component.
class Components {
 public:
  Components(const History& history, Follow follow)
      : history_(history),
        follow_(follow),
        of_(history.size(), none),
        number_(history.size(), none),
        lowest_(history.size(), none),
        on_stack_(history.size(), false) {
    for (Index i = 0; i < history.size(); ++i) {
      if (number_[i] == none && !history.shadowed(i)) {
        visit(i);
      }
    }
  }

  [[nodiscard]] Index of(Index index) const { return of_[index]; }
  // The members of each component.
  [[nodiscard]] std::vector<std::vector<Index>> members() const {
    std::vector<std::vector<Index>> result(count_);
    for (Index i = 0; i < history_.size(); ++i) {
      if (of_[i] != none) {
        result[of_[i]].push_back(i);
      }
    }
    return result;
  }

 private:
  struct Frame {
    Index index;
    std::vector<Index> next;
    std::size_t done = 0;
  };

  void enter(Index index) {
    number_[index] = lowest_[index] = counter_++;
    stack_.push_back(index);
    on_stack_[index] = true;
    frames_.push_back({index, below(history_, index, follow_)});
  }

  void visit(Index root) {
    enter(root);
    while (!frames_.empty()) {
      Frame& frame = frames_.back();
      const Index index = frame.index;
      if (frame.done < frame.next.size()) {
        const Index next = frame.next[frame.done++];
        if (number_[next] == none) {
          enter(next);
        } else if (on_stack_[next]) {
          lowest_[index] = std::min(lowest_[index], number_[next]);
        }
        continue;
      }
      frames_.pop_back();
      if (!frames_.empty()) {
        Index& lowest = lowest_[frames_.back().index];
        lowest = std::min(lowest, lowest_[index]);
      }
      if (lowest_[index] == number_[index]) {
        close(index);
      }
    }
  }

  void close(Index root) {
    Index member = none;
    do {
      member = stack_.back();
      stack_.pop_back();
      on_stack_[member] = false;
      of_[member] = count_;
    } while (member != root);
    ++count_;
  }

  const History& history_;
  Follow follow_;
  std::vector<Index> of_;
  std::vector<Index> number_;
  std::vector<Index> lowest_;
  std::vector<bool> on_stack_;
  std::vector<Index> stack_;
  std::vector<Frame> frames_;
  Index counter_ = 0;
  Index count_ = 0;
};

// The shortest way from `start` back to it inside its component; empty when there is none.
std::vector<Index> way_round(const History& history, const Components& components, Follow follow,
                             Index start, std::vector<Index>& came_from) {
  std::vector<Index> queue = {start};
  std::vector<Index> way;
  for (std::size_t at = 0; at < queue.size() && way.empty(); ++at) {
    for (const Index next : below(history, queue[at], follow)) {
      if (next == start) {
        for (Index index = queue[at]; index != start; index = came_from[index]) {
          way.push_back(index);
        }
        way.push_back(start);
        break;
      }
      if (components.of(next) == components.of(start) && came_from[next] == none) {
        came_from[next] = queue[at];
        queue.push_back(next);
      }
    }
  }
  for (const Index index : queue) {
    came_from[index] = none;
  }
  std::reverse(way.begin(), way.end());
  return way;
}

}  // namespace

std::vector<Cycle> cycles(const History& history) {
  std::vector<Cycle> result;
  if (!has_cycle(history)) {
    return result;
  }
  std::vector<bool> in_plain_cycle(history.size(), false);
  std::vector<Index> came_from(history.size(), none);
  for (const Follow follow : {Follow::down_revisions, Follow::down_revisions_and_dependencies}) {
    const Components components(history, follow);
    for (const std::vector<Index>& members : components.members()) {
      const bool known = std::any_of(members.begin(), members.end(),
                                     [&](Index index) { return in_plain_cycle[index]; });
      if (known) {
        continue;
      }
      std::vector<Index> way = way_round(history, components, follow, members.front(), came_from);
      if (way.empty()) {
        continue;
      }
      if (follow == Follow::down_revisions) {
        for (const Index index : members) {
          in_plain_cycle[index] = true;
        }
      }
      result.push_back({std::move(way), follow});
    }
  }
  return result;
}

}  // namespace gauger::history
