#include "cli/run_tool.hpp"
#include "tools/migration-squash/migration_squash.hpp"

int main(int argc, char** argv) {
  gauger::tools::MigrationSquashOptions options;
  const auto tool = gauger::tools::make_migration_squash(options);
  return gauger::cli::run_tool(argc, argv, tool);
}
