// run-seeds: run the seed scripts that have not run.
#pragma once

#include "cli/run_tool.hpp"
#include "live/own_database.hpp"

namespace gauger::tools {

struct RunSeedsOptions {
  live::OwnOptions own{};
};

// `options` is written by the command line and must outlive the tool.
[[nodiscard]] cli::Tool make_run_seeds(RunSeedsOptions& options);

}  // namespace gauger::tools
