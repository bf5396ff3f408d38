// seed-data-check: are the required reference rows there?
#pragma once

#include <optional>
#include <string>

#include "cli/run_tool.hpp"
#include "live/options.hpp"

namespace gauger::tools {

struct SeedDataCheckOptions {
  std::optional<std::string>
      database;          // is read; nothing: the environment's, or a scratch database
  bool scratch = false;  // a scratch database whatever the environment says
  live::Options live{};
};

// `options` is written by the command line and must outlive the tool.
[[nodiscard]] cli::Tool make_seed_data_check(SeedDataCheckOptions& options);

}  // namespace gauger::tools
