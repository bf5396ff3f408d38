#include "cli/run_tool.hpp"
#include "tools/drift/drift.hpp"

int main(int argc, char** argv) {
  gauger::tools::DriftOptions options;
  const auto tool = gauger::tools::make_drift(options);
  return gauger::cli::run_tool(argc, argv, tool);
}
