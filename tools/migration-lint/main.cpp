#include "cli/run_tool.hpp"
#include "tools/migration-lint/migration_lint.hpp"

int main(int argc, char** argv) {
  gauger::tools::MigrationLintOptions options;
  const auto tool = gauger::tools::make_migration_lint(options);
  return gauger::cli::run_tool(argc, argv, tool);
}
