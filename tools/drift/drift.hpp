// drift: do the models, the migrations and a database agree?
#pragma once

#include <optional>
#include <string>

#include "cli/run_tool.hpp"
#include "live/options.hpp"

namespace gauger::tools {

struct DriftOptions {
  std::optional<std::string> database;  // a live database, only read
  std::string against = "migrations";   // what it is compared with: "migrations", "models"
  live::Options live{};
};

// `options` is written by the command line and must outlive the tool.
[[nodiscard]] cli::Tool make_drift(DriftOptions& options);

}  // namespace gauger::tools
