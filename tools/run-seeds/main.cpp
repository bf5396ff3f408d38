#include "cli/run_tool.hpp"
#include "tools/run-seeds/run_seeds.hpp"

int main(int argc, char** argv) {
  gauger::tools::RunSeedsOptions options;
  const auto tool = gauger::tools::make_run_seeds(options);
  return gauger::cli::run_tool(argc, argv, tool);
}
