// migration-auto: make a migration from the models, check it, apply it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/run_tool.hpp"
#include "finding/finding.hpp"
#include "live/own_database.hpp"

namespace gauger::tools {

struct MigrationAutoOptions {
  live::OwnOptions own{};
  std::optional<std::string> message{};
  std::optional<std::string> binaries{};
  bool is_private = false;  // on a private server, whatever DSN is set
  bool is_plain = false;    // `alembic revision --autogenerate` and no more
  bool with_seed = false;
  std::vector<finding::RuleInfo> rules{};  // of all checks that it makes; filled by the tool
};

// `options` is written by the command line and must outlive the tool.
[[nodiscard]] cli::Tool make_migration_auto(MigrationAutoOptions& options);

}  // namespace gauger::tools
