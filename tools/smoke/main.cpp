#include "cli/run_tool.hpp"
#include "tools/smoke/smoke.hpp"

int main(int argc, char** argv) {
  gauger::tools::SmokeOptions options;
  const auto tool = gauger::tools::make_smoke(options);
  return gauger::cli::run_tool(argc, argv, tool);
}
