// The columns in an SQL expression, found by its words alone.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog.hpp"

namespace gauger::catalog {

[[nodiscard]] bool mentions(std::string_view expression, std::string_view column);

// Those of the table's columns, once each, in the table's order.
[[nodiscard]] std::vector<std::string> columns_in(std::string_view expression, const Table& table);

// The expression after the column was renamed.
[[nodiscard]] std::string with_renamed(std::string_view expression, std::string_view column,
                                       std::string_view to);

// FigureIndexColname() of parser/parse_target.c: what an index calls the column of an expression.
// "expr" where the expression suggests nothing.
[[nodiscard]] std::string result_name(std::string_view expression);

}  // namespace gauger::catalog
