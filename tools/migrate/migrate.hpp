// migrate: upgrade a project's own database, one migrator at a time.
#pragma once

#include <optional>
#include <string>

#include "cli/run_tool.hpp"
#include "live/own_database.hpp"

namespace gauger::tools {

struct MigrateOptions {
  live::OwnOptions own{};
  // A revision as `alembic upgrade` takes it; nothing: head.
  std::optional<std::string> to{};
  // As `alembic downgrade` takes it, in place of an upgrade.
  std::optional<std::string> downgrade{};
};

// `options` is written by the command line and must outlive the tool.
[[nodiscard]] cli::Tool make_migrate(MigrateOptions& options);

}  // namespace gauger::tools
