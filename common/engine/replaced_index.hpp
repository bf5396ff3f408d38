// Indexes that a migration drops and builds anew.
#pragma once

#include <vector>

#include "engine/rule.hpp"

namespace gauger::engine {

// RuleContext::replaced_indexes, which is not looked at. None of its operations has been applied to
// the catalog.
[[nodiscard]] std::vector<ReplacedIndex> find_replaced_indexes(const RuleContext& revision);

}  // namespace gauger::engine
