#include "tools/seed-data-check/head.hpp"

#include <utility>
#include <vector>

#include "eval/module.hpp"
#include "history/excerpt.hpp"
#include "migration/migration.hpp"
#include "schema/replay.hpp"

namespace gauger::tools {

std::optional<catalog::Catalog> schema_at_head(const base::FileTree& tree,
                                               const project::Project& project,
                                               const history::History& history) {
  const std::vector<history::Index> heads = history.heads();
  if (heads.size() != 1) {
    return std::nullopt;
  }
  eval::Library library(tree, project.alembic.import_folders);
  const migration::Settings settings{.wrappers = project.settings.lint.wrappers};
  std::optional<migration::Migration> current;
  // A file that cannot be read does what nobody knows.
  const std::vector<migration::Operation> unreadable{migration::Operation{}};
  const auto operations = [&](history::Index revision) -> const std::vector<migration::Operation>& {
    auto source = history::read_source(tree, history[revision].path);
    auto read =
        source ? migration::read(history[revision].path, std::move(source->text), library, settings)
               : base::failure(source.error());
    if (!read) {
      return unreadable;
    }
    current = std::move(*read);
    return current->upgrade;
  };
  return schema::after(history, heads.front(), operations);
}

}  // namespace gauger::tools
