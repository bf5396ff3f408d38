#include "history/graph.hpp"

#include <algorithm>
#include <deque>
#include <functional>
#include <map>

namespace gauger::history {
namespace {

using Neighbours = std::span<const Index> (History::*)(Index) const;

RevisionSet reach(const History& history, std::span<const Index> from, Neighbours first,
                  Neighbours second, Follow follow) {
  RevisionSet reached(history.size(), false);
  std::vector<Index> todo(from.begin(), from.end());
  while (!todo.empty()) {
    const Index index = todo.back();
    todo.pop_back();
    if (reached[index]) {
      continue;
    }
    reached[index] = true;
    const auto next = (history.*first)(index);
    todo.insert(todo.end(), next.begin(), next.end());
    if (follow == Follow::down_revisions_and_dependencies) {
      const auto more = (history.*second)(index);
      todo.insert(todo.end(), more.begin(), more.end());
    }
  }
  return reached;
}

}  // namespace

RevisionSet ancestors(const History& history, std::span<const Index> from, Follow follow) {
  return reach(history, from, &History::parents, &History::dependencies, follow);
}

RevisionSet descendants(const History& history, std::span<const Index> from, Follow follow) {
  return reach(history, from, &History::children, &History::dependents, follow);
}

std::vector<Index> topological_order(const History& history) {
  std::vector<std::size_t> waiting(history.size());
  std::deque<Index> ready;
  for (Index i = 0; i < history.size(); ++i) {
    waiting[i] = history.parents(i).size() + history.dependencies(i).size();
    if (waiting[i] == 0 && !history.shadowed(i)) {
      ready.push_back(i);
    }
  }
  std::vector<Index> order;
  order.reserve(history.size());
  RevisionSet done(history.size(), false);
  while (!ready.empty()) {
    const Index index = ready.front();
    ready.pop_front();
    order.push_back(index);
    done[index] = true;
    for (const auto next : {history.children(index), history.dependents(index)}) {
      for (const Index above : next) {
        if (--waiting[above] == 0) {
          ready.push_back(above);
        }
      }
    }
  }
  for (Index i = 0; i < history.size(); ++i) {
    if (!done[i] && !history.shadowed(i)) {
      order.push_back(i);
    }
  }
  return order;
}

std::vector<Index> common_ancestors(const History& history, Index left, Index right) {
  const RevisionSet of_left = ancestors(history, std::span(&left, 1), Follow::down_revisions);
  const RevisionSet of_right = ancestors(history, std::span(&right, 1), Follow::down_revisions);
  RevisionSet below(history.size(), false);  // an ancestor of another common ancestor
  for (Index i = 0; i < history.size(); ++i) {
    if (of_left[i] && of_right[i]) {
      for (const Index parent : history.parents(i)) {
        below[parent] = true;
      }
    }
  }
  std::vector<Index> result;
  for (Index i = 0; i < history.size(); ++i) {
    if (of_left[i] && of_right[i] && !below[i]) {
      result.push_back(i);
    }
  }
  return result;
}

std::vector<std::string> labels_of(const History& history, Index revision) {
  const RevisionSet below = ancestors(history, std::span(&revision, 1), Follow::down_revisions);
  std::vector<std::string> names;
  for (const Label& label : history.labels()) {
    if (below[label.revision]) {
      names.push_back(label.name);
    }
  }
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

std::vector<std::string> labels_of_heads(const History& history) {
  std::vector<std::vector<std::string>> labels;
  std::map<std::string, std::size_t> heads_with;
  for (const Index head : history.heads()) {
    labels.push_back(labels_of(history, head));
    if (labels.back().empty()) {
      return {};
    }
    for (const std::string& label : labels.back()) {
      ++heads_with[label];
    }
  }
  std::vector<std::string> result;
  for (const std::vector<std::string>& own : labels) {
    const auto found = std::find_if(
        own.begin(), own.end(), [&](const std::string& label) { return heads_with[label] == 1; });
    if (found == own.end()) {
      return {};
    }
    result.push_back(*found);
  }
  std::sort(result.begin(), result.end());
  return result;
}

std::vector<std::uint32_t> branches_of(const History& history,
                                       std::span<const std::string> branches) {
  std::vector<std::uint32_t> result(history.size(), no_branch);
  for (const Index index : topological_order(history)) {
    const auto parents = history.parents(index);
    if (!parents.empty()) {
      result[index] = result[parents.front()];
    }
    for (const std::string& label : history[index].branch_labels) {
      const auto at = std::find(branches.begin(), branches.end(), label);
      if (at != branches.end()) {
        result[index] = static_cast<std::uint32_t>(at - branches.begin());
      }
    }
  }
  return result;
}

}  // namespace gauger::history
