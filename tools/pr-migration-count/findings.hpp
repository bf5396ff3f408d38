// What pr-migration-count finds in a pull request.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "cli/base_option.hpp"
#include "cli/run_tool.hpp"
#include "finding/finding.hpp"
#include "tools/pr-migration-count/pull_request.hpp"

namespace gauger::tools {

[[nodiscard]] std::vector<finding::Finding> judge(const cli::Context& context,
                                                  const cli::Base& base,
                                                  const PullRequest& pull_request);

[[nodiscard]] std::span<const finding::RuleInfo> pr_migration_count_rules();

}  // namespace gauger::tools
