// drift: do the models, the migrations and a database agree?
#pragma once

#include <optional>
#include <string>

#include "cli/run_tool.hpp"

namespace gauger::tools {

struct DriftOptions {
  std::optional<std::string> database;  // a live database, only read
  std::string against = "migrations";   // what it is compared with: "migrations", "models"
  std::optional<std::string> dsn;       // scratch databases beside this one; nothing: see settings
  std::optional<std::string> binaries;  // of PostgreSQL
  int timeout = 600;                    // seconds for each step of the project's own code
};

// `options` is written by the command line and must outlive the tool.
[[nodiscard]] cli::Tool make_drift(DriftOptions& options);

}  // namespace gauger::tools
