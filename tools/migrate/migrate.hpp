// migrate: upgrade a project's own database, one migrator at a time.
#pragma once

#include <optional>
#include <string>

#include "cli/run_tool.hpp"
#include "live/own_database.hpp"

namespace gauger::tools {

struct MigrateOptions {
  live::OwnOptions own{};
  std::string to = "head";  // a revision as `alembic upgrade` takes it
  std::optional<std::string>
      downgrade{};  // as `alembic downgrade` takes it, in place of an upgrade
};

// `options` is written by the command line and must outlive the tool.
[[nodiscard]] cli::Tool make_migrate(MigrateOptions& options);

}  // namespace gauger::tools
