#include "cli/run_tool.hpp"
#include "tools/db-nuke/db_nuke.hpp"

int main(int argc, char** argv) {
  gauger::tools::DbNukeOptions options;
  const auto tool = gauger::tools::make_db_nuke(options);
  return gauger::cli::run_tool(argc, argv, tool);
}
