// What the rules of UNIQUE and PRIMARY KEY share: a key that is added builds its index under the
// lock.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/rule.hpp"

namespace gauger::engine {

// What to write instead of the operation that adds the key.
using KeyHelp = std::string (*)(const migration::Operation& add, const catalog::Table& table,
                                const catalog::Catalog& before);

// A report for each key of that kind that is added to a table which is not new, without USING
// INDEX. `kind_name`: "primary key".
[[nodiscard]] std::vector<Report> keys_that_build_an_index(const StatementContext& statement,
                                                           migration::ConstraintKind kind,
                                                           std::string_view kind_name,
                                                           KeyHelp help);

}  // namespace gauger::engine
