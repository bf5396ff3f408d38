// migration-lint: does what the migrations do follow the team's policy?
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/run_tool.hpp"

namespace gauger::tools {

struct MigrationLintOptions {
  std::vector<std::string> files;  // revision files; none: all after the baseline
  std::optional<std::string> since;
  bool no_cache = false;
  std::optional<std::string> cache_folder;
  std::optional<std::string> base;
  bool fix = false;
  bool fix_applied = false;
  bool application = false;
};

// `options` is written by the command line and must outlive the tool.
[[nodiscard]] cli::Tool make_migration_lint(MigrationLintOptions& options);

}  // namespace gauger::tools
