// pr-migration-count: does the pull request bring the one migration that it needs?
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "cli/run_tool.hpp"

namespace gauger::tools {

// What it means that the base cannot be found where nobody has named one.
enum class MissingBase : std::uint8_t {
  is_an_error,       // the tool was called for
  is_not_configured  // it runs with others, perhaps in a folder without git
};

struct PrMigrationCountOptions {
  std::optional<std::string> base;
  MissingBase missing_base = MissingBase::is_an_error;
};

// `options` is written by the command line and must outlive the tool.
[[nodiscard]] cli::Tool make_pr_migration_count(PrMigrationCountOptions& options);

}  // namespace gauger::tools
