// The application's code, for `migration-lint --application`.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/file_tree.hpp"
#include "engine/rule.hpp"
#include "finding/finding.hpp"
#include "project/project.hpp"

namespace gauger::tools {

struct ApplicationResult {
  std::size_t files = 0;
  std::vector<finding::Finding> findings{};
  std::vector<base::Error> errors{};  // files that cannot be read or parsed
};

// Looks at the .py files that `startup-paths` matches, but those in the folder of the seeds. Hidden
// folders, linked ones and virtual environments are not entered.
[[nodiscard]] ApplicationResult lint_application(const base::FileTree& tree,
                                                 const project::Settings& settings,
                                                 std::span<const engine::Rule* const> rules);

}  // namespace gauger::tools
