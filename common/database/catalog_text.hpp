// The letters and texts of the system catalogs as a Catalog has them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog.hpp"

namespace gauger::database {

// "RANGE (a, lower(b))", as pg_get_partkeydef() writes it -> "a", "lower(b)". A column that the
// server had to quote is unquoted.
[[nodiscard]] std::vector<std::string> partition_key(std::string_view definition);
// pg_partitioned_table.partstrat; empty: none.
[[nodiscard]] std::string partition_strategy(char letter);
// pg_constraint.confdeltype; empty: NO ACTION.
[[nodiscard]] std::string referential_action(char letter);
// pg_constraint.contype.
[[nodiscard]] catalog::ConstraintKind constraint_kind(char letter);
// pg_proc.provolatile.
[[nodiscard]] migration::Volatility volatility(char letter);
// "EXCLUDE USING gist (a WITH &&) DEFERRABLE" -> "USING gist (a WITH &&)".
[[nodiscard]] std::string exclusion(std::string_view definition);
// pg_get_indexdef() puts what is not a function's call into parentheses of its own, as CREATE INDEX
// wants it; pg_get_expr() does not. "((a + b))" -> "(a + b)".
[[nodiscard]] std::string key_expression(std::string text);

}  // namespace gauger::database
