// What a project's env.py says of how `alembic upgrade` runs, read without running it.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "base/file_tree.hpp"
#include "project/project.hpp"

namespace gauger::project {

// Nothing: it cannot be told.
struct MigrationEnvironment {
  // Each revision has a transaction of its own. Without it, all revisions of a run share one
  // (alembic.runtime.migration.MigrationContext).
  std::optional<bool> transaction_per_migration{};
  // context.configure() is given a connection in a transaction that env.py began: Alembic then
  // neither begins nor commits any, and its autocommit_block() fails.
  std::optional<bool> own_transaction{};
  // It commits what Alembic does not: by commit() behind run_migrations(), or each statement.
  std::optional<bool> commits{};
  // Somewhere in the file they are set, for the session or as an option of the connection.
  bool sets_lock_timeout = false;
  bool sets_statement_timeout = false;
  // Tree paths of what was read, or looked for in vain.
  std::set<std::string> depends_on{};

  // Whether the revisions of a run are certain to share a transaction.
  [[nodiscard]] bool one_transaction() const {
    return own_transaction == std::optional(true) ||
           transaction_per_migration == std::optional(false);
  }
};

// Reads env.py in the script location, and what of the project it calls. Only how it runs on a
// connection counts: `--sql` has no locks. Without a file that can be read, nothing can be told.
[[nodiscard]] MigrationEnvironment read_migration_environment(const base::FileTree& tree,
                                                              const AlembicSettings& alembic);

}  // namespace gauger::project
