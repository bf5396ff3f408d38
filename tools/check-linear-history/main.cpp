#include "cli/run_tool.hpp"
#include "tools/check-linear-history/check_linear_history.hpp"

int main(int argc, char** argv) {
  gauger::tools::CheckLinearHistoryOptions options;
  const auto tool = gauger::tools::make_check_linear_history(options);
  return gauger::cli::run_tool(argc, argv, tool);
}
