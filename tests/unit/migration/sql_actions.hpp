// What SQL text gives, for tests to compare.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "migration/operation.hpp"

namespace gauger::tests {

[[nodiscard]] std::vector<migration::Operation> operations_of(std::string_view text);
// Of a text that gives one.
[[nodiscard]] migration::Operation operation_of(std::string_view text);
// "AddColumn"
[[nodiscard]] std::string_view action_name(const migration::Operation& operation);
// "AddColumn AddConstraint"
[[nodiscard]] std::string actions_of(std::string_view text);

}  // namespace gauger::tests
