#include "tools/smoke/previous.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "branch/merged_history.hpp"
#include "cli/base_option.hpp"
#include "git/commits.hpp"
#include "history/graph.hpp"

namespace gauger::tools {
namespace {

using base::Result;
using history::History;
using history::Index;

// Those of the set that no other of it is built on.
std::vector<std::string> tops(const History& history, const history::RevisionSet& set) {
  std::vector<std::string> ids;
  for (Index i = 0; i < history.size(); ++i) {
    const std::span<const Index> children = history.children(i);
    const bool covered =
        std::any_of(children.begin(), children.end(), [&](Index child) { return set[child]; });
    if (set[i] && !history.shadowed(i) && !covered) {
      ids.push_back(history[i].id);
    }
  }
  return ids;
}

// All but the heads.
Previous below_heads(const History& history) {
  history::RevisionSet below(history.size(), true);
  for (const Index head : history.heads()) {
    below[head] = false;
  }
  return {.revisions = tops(history, below),
          .source = history.heads().size() == 1 ? "the parent of the head" : "below the heads"};
}

}  // namespace

Result<bool> previous_is_asked_for(const cli::Context& context,
                                   const std::optional<std::string>& revision,
                                   const std::optional<std::string>& base) {
  if (revision) {
    return true;
  }
  const auto choice = cli::choose_base(context, base);
  if (!choice) {
    return base::failure(choice.error());
  }
  return choice->is_asked_for;
}

Result<Previous> find_previous(const cli::Context& context, const History& history,
                               const std::optional<std::string>& revision,
                               const std::optional<std::string>& base) {
  if (revision) {
    const auto index = history.resolve(*revision);
    if (!index) {
      return base::failure(index.error());
    }
    return Previous{.revisions = {history[*index].id}, .source = "--previous"};
  }
  const auto choice = cli::choose_base(context, base);
  if (!choice) {
    return base::failure(choice.error());
  }
  const auto found = cli::find_base(context, choice->name);
  if (!found) {
    if (choice->is_asked_for) {
      return base::failure(found.error());
    }
    return below_heads(history);
  }
  auto set = branch::own_revisions(context.project, context.tree, history, found->repository,
                                   found->point);
  if (!set) {
    return base::failure(std::move(set.error()));
  }
  set->flip();
  return Previous{.revisions = tops(history, *set), .source = git::shown_name(found->point.base)};
}

}  // namespace gauger::tools
