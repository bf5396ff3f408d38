// Statements for tests, and their lists as one line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sql/statement.hpp"

namespace gauger::tests {

// Fails the test where the text does not parse.
[[nodiscard]] std::vector<sql::Statement> parse_all(std::string_view text);
// Of a text that is one statement.
[[nodiscard]] sql::Statement parse_one(std::string_view text);
// The message and place of the error; fails the test where there is none.
[[nodiscard]] std::string parse_error(std::string_view text);

[[nodiscard]] std::string join(const std::vector<sql::QualifiedName>& names);
[[nodiscard]] std::string join(const std::vector<std::string>& words);
[[nodiscard]] std::string join(const sql::QualifiedName& name);
// "ALTER TABLE t; DROP TABLE u": the statements of a body as the source has them, "?" before those
// that are conditional.
[[nodiscard]] std::string body(std::string_view text, const sql::Statement& statement);

}  // namespace gauger::tests
