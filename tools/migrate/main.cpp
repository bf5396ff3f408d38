#include "cli/run_tool.hpp"
#include "tools/migrate/migrate.hpp"

int main(int argc, char** argv) {
  gauger::tools::MigrateOptions options;
  const auto tool = gauger::tools::make_migrate(options);
  return gauger::cli::run_tool(argc, argv, tool);
}
