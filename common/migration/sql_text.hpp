// SQL text on its way to PostgreSQL's grammar: parameters stand for values, and holes for what the
// migration puts in when it runs.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/text.hpp"
#include "sql/statement.hpp"

namespace gauger::migration {

// What a gap becomes where the grammar asks for an integer ("varchar(:size)").
inline constexpr int hole_number = 1'073'741'823;

// A text whose parameters are "$1".
struct SqlText {
  std::string text{};
  // The parameters, and the holes that are a word of their own; in order, none in a string.
  std::vector<base::Span> gaps{};
};

// Parameters are ":name" (not "::"; "\:" is a colon), "%(name)s" and "%s"; "%%" is "%". None of
// them is one in a string, a quoted identifier, a dollar quote or a comment.
[[nodiscard]] SqlText read_sql_text(std::string_view written);

// By their names.
using Parameters = std::map<std::string, std::string, std::less<>>;
// The text with string constants in the place of the parameters that are given; long ones stay.
[[nodiscard]] std::string with_parameters(std::string written, const Parameters& given);

// Where the grammar does not take a gap as it is, it is given a constant, a list or a definition in
// its place; `text` becomes what was parsed.
//
// Error: as sql::parse().
[[nodiscard]] base::Result<std::vector<sql::Statement>> parse_sql_text(SqlText& text);

}  // namespace gauger::migration
