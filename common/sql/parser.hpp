// The ways into PostgreSQL's parser, and the order in which what it gives is read: a statement
// first, then, once its parse tree is gone, the body that it may have.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "sql/statement.hpp"

namespace gauger::sql {

struct Failure {
  std::string message;
  std::uint32_t offset = 0;  // in the text that was given
};

// Of an error of PostgreSQL, which counts code points from 1. 0: it does not say where.
[[nodiscard]] Failure make_failure(std::string_view message, std::string_view text, int cursor);

template <class T>
using Parsed = tl::expected<T, Failure>;

// Bodies in bodies: beyond this depth they are opaque.
inline constexpr int max_depth = 8;

[[nodiscard]] Parsed<std::vector<Statement>> parse_statements(const std::string& text, int depth);

// An expression of PL/pgSQL: what it reads and calls is added to `owner`. The value is its text if
// it is a string constant, or some put together with ||.
struct Expression {
  bool constant = false;
  std::string value;
};
[[nodiscard]] Parsed<Expression> parse_expression(const std::string& text, Statement& owner);

// The source of a DO block or a function.
struct RoutineSource {
  std::string language;  // lower case
  std::string text;
  // The string constant, quotes included, in the text around it.
  base::Span literal{};
};

// The text around it is `outer`. Fills in the owner's body.
[[nodiscard]] Parsed<void> read_routine(const std::string& outer, const RoutineSource& routine,
                                        Statement& owner, int depth);

}  // namespace gauger::sql
