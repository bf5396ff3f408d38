// PL/pgSQL as a list of the SQL in it, in order.
//
// PostgreSQL's own compiler of PL/pgSQL looks every type up in the server's catalogs; libpg_query's
// copy of it has none and fails on each variable of a schema's or a table's type. What a check
// needs of a body is less: where each SQL statement and expression begins and ends. That is what
// pl_gram.y finds by the very same words, on the tokens of PostgreSQL's own scanner.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "sql/parser.hpp"

namespace gauger::sql {

enum class PieceKind : std::uint8_t {
  statement,   // SQL, with the variables that it uses in it
  expression,  // what stands after SELECT
  execute,     // an expression whose value is run as SQL
};

struct Piece {
  PieceKind kind = PieceKind::statement;
  base::Span span{};
  base::Span into{};     // INTO and its variables: no SQL, to be blanked
  bool perform = false;  // begins with PERFORM, which stands for SELECT
  bool conditional = false;
  // What the handlers of the blocks around it catch and do not raise again, in lower case.
  std::vector<std::string> handled{};
};

[[nodiscard]] Parsed<std::vector<Piece>> read_plpgsql(const std::string& text);

}  // namespace gauger::sql
