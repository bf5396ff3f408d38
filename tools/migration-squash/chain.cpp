#include "tools/migration-squash/chain.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "eval/module.hpp"
#include "history/excerpt.hpp"
#include "migration/migration.hpp"

namespace gauger::tools {
namespace {

using base::Result;
using history::History;
using history::Index;
using migration::Operation;

tl::unexpected<base::Error> no_chain(std::string message) {
  return base::failure({.kind = base::ErrorKind::identifier,
                        .message = std::move(message),
                        .help = "check-linear-history --fix=order puts the branch's migrations in "
                                "one chain on the base's head"});
}

std::string lost_by(const Operation& operation, const std::string& id) {
  const auto changes_rows =
      operation.is<migration::Insert>() || operation.is<migration::Update>() ||
      operation.is<migration::Delete>() || operation.is<migration::Truncate>();
  if (changes_rows) {
    return fmt::format("what '{}' does to rows: {} of {}", id, operation.directive,
                       display(operation.table));
  }
  if (const auto* opaque = operation.as<migration::Opaque>()) {
    return fmt::format("what '{}' does is not understood: {} ({})", id, operation.directive,
                       opaque->reason);
  }
  const std::string_view directive = operation.directive;
  if (operation.is<migration::Other>() &&
      (directive.starts_with("GRANT") || directive.starts_with("REVOKE"))) {
    return fmt::format("the rights that '{}' gives or takes: {}", id, directive);
  }
  return {};
}

}  // namespace

Result<std::vector<Index>> find_chain(const History& history, const history::RevisionSet& own) {
  std::vector<Index> chain;
  for (const Index each : history::topological_order(history)) {
    if (own[each]) {
      chain.push_back(each);
    }
  }
  for (std::size_t i = 0; i < chain.size(); ++i) {
    const std::string& id = history[chain[i]].id;
    const auto parents = history.parents(chain[i]);
    if (i == 0 ? parents.size() > 1 : parents.size() != 1 || parents[0] != chain[i - 1]) {
      return no_chain(fmt::format(
          "the migrations that the base does not have are no chain: '{}' does not stand on {}", id,
          i == 0 ? "one revision" : fmt::format("'{}'", history[chain[i - 1]].id)));
    }
    const auto children = history.children(chain[i]);
    if (i + 1 == chain.size() ? !children.empty() : children.size() != 1) {
      return no_chain(fmt::format("something else stands on '{}', too", id));
    }
  }
  if (history.heads().size() > 1) {
    return no_chain(fmt::format("the history has {} heads", history.heads().size()));
  }
  return chain;
}

Result<std::vector<std::string>> find_lost(const project::Project& project,
                                           const base::FileTree& tree, const History& history,
                                           const std::vector<Index>& chain) {
  std::vector<std::string> lost;
  eval::Library library(tree, project.alembic.import_folders);
  for (const Index each : chain) {
    const history::Revision& revision = history[each];
    for (const std::string& label : revision.branch_labels) {
      lost.push_back(fmt::format("the branch label '{}' of '{}'", label, revision.id));
    }
    for (const std::string& name : revision.depends_on) {
      lost.push_back(fmt::format("that '{}' depends on '{}'", revision.id, name));
    }
    auto source = history::read_source(tree, revision.path);
    if (!source) {
      return base::failure(std::move(source.error()));
    }
    const auto read = migration::read(revision.path, std::move(source->text), library,
                                      {.wrappers = project.settings.lint.wrappers});
    if (!read) {
      return base::failure(read.error());
    }
    for (const Operation& operation : read->upgrade) {
      std::string text = lost_by(operation, revision.id);
      if (!text.empty() && std::find(lost.begin(), lost.end(), text) == lost.end()) {
        lost.push_back(std::move(text));
      }
    }
  }
  return lost;
}

}  // namespace gauger::tools
