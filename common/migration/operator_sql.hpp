// SQL expressions that Python's operators make.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eval/value.hpp"

namespace gauger::migration {

// `table.c.age >= 18`, `column("a").is_(None) & ~flag`: these are no values to the interpreter, but
// their syntax is plain. `hole_name` stands for names of Python's. Nothing where the value was not
// made by an operator, or by one that is not known.
[[nodiscard]] std::optional<std::string> operator_sql(const eval::Value& value);

// A call as SQL writes it: "coalesce(a, 1)", "CURRENT_DATE".
[[nodiscard]] std::string function_call(std::string_view function,
                                        const std::vector<std::string>& arguments);

[[nodiscard]] std::string joined(const std::vector<std::string>& parts,
                                 std::string_view separator = ", ");

}  // namespace gauger::migration
