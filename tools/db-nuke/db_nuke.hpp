// db-nuke: start again with an empty local database and one migration.
#pragma once

#include <string>

#include "cli/run_tool.hpp"
#include "live/own_database.hpp"

namespace gauger::tools {

struct DbNukeOptions {
  live::OwnOptions own{};
  std::string message = "baseline";
  bool volume = false;  // the server's volume goes, too
};

// `options` is written by the command line and must outlive the tool.
[[nodiscard]] cli::Tool make_db_nuke(DbNukeOptions& options);

}  // namespace gauger::tools
