// What drift reports.
#pragma once

#include <span>
#include <vector>

#include "base/json.hpp"
#include "catalog/diff.hpp"
#include "finding/finding.hpp"
#include "project/project.hpp"
#include "tools/drift/allowances.hpp"

namespace gauger::tools {

[[nodiscard]] finding::Finding judge(const catalog::Difference& difference);
[[nodiscard]] finding::Finding judge_unused(const Allowance& allowance,
                                            const project::Project& project);

// A difference for the JSON summary.
[[nodiscard]] base::Json describe(const catalog::Difference& difference);

[[nodiscard]] std::span<const finding::RuleInfo> drift_rules();

}  // namespace gauger::tools
