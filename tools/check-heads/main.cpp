#include "cli/run_tool.hpp"
#include "tools/check-heads/check_heads.hpp"

int main(int argc, char** argv) {
  gauger::tools::CheckHeadsOptions options;
  const auto tool = gauger::tools::make_check_heads(options);
  return gauger::cli::run_tool(argc, argv, tool);
}
