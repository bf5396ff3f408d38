// smoke: do the migrations run on PostgreSQL, and what do they do there?
#pragma once

#include <optional>
#include <string>

#include "cli/run_tool.hpp"
#include "live/options.hpp"

namespace gauger::tools {

struct SmokeOptions {
  // "fresh", "upgrade-from-previous", "both", "stairway"; nothing: "both" where somebody says what
  // is previous, else "fresh".
  std::optional<std::string> mode;
  std::optional<std::string> from_dump;  // a file of pg_dump, to begin at instead of nothing
  std::optional<std::string> previous;   // a revision
  std::optional<std::string> base;       // the branch whose merge base is the previous state
  bool downgrade = false;                // after each upgrade, back to where it began
  bool no_trace = false;
  int rows = 0;                            // in each table, before the last migration
  std::optional<std::string> rows_before;  // a revision: before that instead
  live::Options live{};
};

// `options` is written by the command line and must outlive the tool.
[[nodiscard]] cli::Tool make_smoke(SmokeOptions& options);

}  // namespace gauger::tools
