#include "cli/run_tool.hpp"
#include "tools/seed-data-check/seed_data_check.hpp"

int main(int argc, char** argv) {
  gauger::tools::SeedDataCheckOptions options;
  const auto tool = gauger::tools::make_seed_data_check(options);
  return gauger::cli::run_tool(argc, argv, tool);
}
