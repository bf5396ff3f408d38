#include "cli/run_tool.hpp"
#include "tools/pr-migration-count/pr_migration_count.hpp"

int main(int argc, char** argv) {
  gauger::tools::PrMigrationCountOptions options;
  const auto tool = gauger::tools::make_pr_migration_count(options);
  return gauger::cli::run_tool(argc, argv, tool);
}
