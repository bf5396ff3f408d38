#include "cli/run_tool.hpp"
#include "tools/migration-auto/migration_auto.hpp"

int main(int argc, char** argv) {
  gauger::tools::MigrationAutoOptions options;
  const auto tool = gauger::tools::make_migration_auto(options);
  return gauger::cli::run_tool(argc, argv, tool);
}
