// An expression as a tree, for what text matching would get wrong: which columns it reads, whether
// it is a chain of casts, what a condition says of a column.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace gauger::sql {

enum class ExpressionKind : std::uint8_t {
  column,  // `text` is its name, without the table's; "*" is all of them
  number,  // `text` is as written, with the sign
  string,  // `text` is the value; a cast of it to a type is left out
  truth,   // TRUE or FALSE, "t" and "f"
  null,
  cast,  // of the one part; `text` is the type, "varchar(50)" or "app.mood[]"
  and_,
  or_,
  not_,
  is_null,
  is_not_null,
  comparison,  // of two parts; `text` is one of = <> < <= > >=
  other,       // all else; the parts are what it is made of
};

// BETWEEN, IN (…) and IS DISTINCT FROM NULL are given as the conditions that they stand for, and
// parentheses and COLLATE are left out.
struct ExpressionTree {
  ExpressionKind kind = ExpressionKind::other;
  std::string text{};
  std::vector<ExpressionTree> parts{};
  friend bool operator==(const ExpressionTree&, const ExpressionTree&) = default;
};

// An Error (unparsable) where it is no expression of PostgreSQL, or nested too deeply to be read.
[[nodiscard]] base::Result<ExpressionTree> parse_expression_tree(std::string_view expression);
// Of a query, too: `other` with all its expressions.
[[nodiscard]] base::Result<ExpressionTree> parse_query_tree(std::string_view query);

// The comparisons of a column with a string constant, anywhere in it.
struct ComparedString {
  std::string column;
  std::string text;
};
[[nodiscard]] std::vector<ComparedString> compared_strings(const ExpressionTree& tree);

// Whether the column is read anywhere in it. "*" reads all.
[[nodiscard]] bool reads_column(const ExpressionTree& tree, std::string_view column);

}  // namespace gauger::sql
