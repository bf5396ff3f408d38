// Indexes that a migration drops and builds anew.
#pragma once

#include <optional>
#include <vector>

#include "engine/rule.hpp"

namespace gauger::engine {

// An index that was there before the migration and is dropped, and one that is built on the same
// table later, for the same queries: the keys of one begin with all those of the other. No third
// index is there for them.
struct ReplacedIndex {
  const migration::Operation* drop = nullptr;
  const migration::Operation* create = nullptr;
};
[[nodiscard]] std::vector<ReplacedIndex> replaced_indexes(const RuleContext& revision);

// Of those, the one that the operation drops or creates; nothing: it is of none.
[[nodiscard]] std::optional<ReplacedIndex> replaced_by(const migration::Operation& operation,
                                                       const RuleContext& revision);

}  // namespace gauger::engine
