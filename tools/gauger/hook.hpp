// `gauger hook`: what a commit is about to do to the migrations, judged by what is staged.
#pragma once

#include <string>
#include <vector>

#include "cli/run_tool.hpp"
#include "finding/finding.hpp"

namespace gauger::tools {

struct HookOptions {
  std::vector<finding::RuleInfo> rules{};  // of all that it runs; filled by the tool
};

// `options` must outlive the tool.
[[nodiscard]] cli::Tool make_hook(HookOptions& options);

}  // namespace gauger::tools
