// SQL expressions, read by their words alone: their columns, their names, their normal form.
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

// A server's text of an expression as the same server has it once it has read that text, which is
// not always the text itself: "(ARRAY['a'::x])::text[]" is read as "ARRAY[('a'::x)::text]", and
// "((a AND b) AND c)", which BETWEEN and IN leave behind, as "(a AND b AND c)".
[[nodiscard]] std::string normal_form(std::string_view expression);

}  // namespace gauger::catalog
