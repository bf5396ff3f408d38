// migration-squash: one migration in place of those that the base branch does not have.
#pragma once

#include <optional>
#include <string>

#include "cli/run_tool.hpp"
#include "live/own_database.hpp"

namespace gauger::tools {

struct MigrationSquashOptions {
  live::OwnOptions own{};
  std::optional<std::string> message{};
  std::optional<std::string> base{};
  std::optional<std::string> binaries{};
  bool force = false;    // although the new one loses something
  bool restamp = false;  // only the database, after a squash
};

// `options` is written by the command line and must outlive the tool.
[[nodiscard]] cli::Tool make_migration_squash(MigrationSquashOptions& options);

}  // namespace gauger::tools
