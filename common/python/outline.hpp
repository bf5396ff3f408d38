// The outline of a Python file: its top-level statements and its comments, found by a light scan
// of logical lines (strings, brackets, comments, indentation) without parsing them. The scan is
// an order of magnitude cheaper than a parse and lets the parser see only the pieces that matter.
//
// The rules of the scan are those of "Lexical analysis" in the Python Language Reference.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/text.hpp"

namespace gauger::python {

enum class StatementKind : std::uint8_t {
  docstring,   // a string on its own as the first statement
  import,      // import …, from … import …
  definition,  // def, async def; with its decorators
  type,        // class; with its decorators
  assignment,  // NAME = …, NAME: annotation = …
  other,       // everything else, such as if, try, with, a call, an assignment to a tuple
};

// A statement at the left margin with everything that is indented below it. Simple statements
// that share a line ("a = 1; b = 2") are one statement of kind `other`. An `if`, `try`, `for` and
// `while` comes with its `else`, `elif`, `except` and `finally` parts.
struct Statement {
  StatementKind kind = StatementKind::other;
  base::Span span{};    // first token (of the decorators, if any) to the end of the last token
  base::Span name{};    // the name that is defined or assigned; empty for the other kinds
  base::Span value{};   // assignment: what is right of "="; empty where only annotated
  base::Span header{};  // definition, type: first token to the ":" inclusive; else the span
};

struct Comment {
  base::Span span{};        // "#" to the end of the line, exclusive
  bool alone = false;       // nothing but blanks before it on its line
  std::uint32_t depth = 0;  // of open brackets around it
};

struct Outline {
  std::vector<Statement> statements;
  std::vector<Comment> comments;

  // The statement of that kind that defines `name` last, as the module's namespace would have it
  // after running; null where there is none.
  [[nodiscard]] const Statement* find(std::string_view text, std::string_view name) const;
};

// The text must be UTF-8 (see base/encoding.hpp) without a byte order mark and outlive nothing:
// an Outline holds offsets only.
//
// Error (unparsable, with its position): an unbalanced or mismatched bracket, an unterminated
// string, brackets nested deeper than 200 or blocks deeper than 100 (CPython's own limits), a
// dedent to no outer level, an indented first statement, a NUL byte.
[[nodiscard]] base::Result<Outline> outline(std::string_view text);

}  // namespace gauger::python
