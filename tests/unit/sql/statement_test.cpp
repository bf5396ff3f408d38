#include "sql/statement.hpp"

#include <doctest/doctest.h>

using gauger::sql::parse;
using gauger::sql::StatementKind;

TEST_CASE("sql::parse reads several statements") {
  const auto parsed = parse("CREATE TABLE t (id int NOT NULL DEFAULT 1); DROP TABLE t;");
  REQUIRE(parsed.has_value());
  REQUIRE(parsed->size() == 2);
  CHECK(parsed->at(0).kind == StatementKind::create_table);
  CHECK(parsed->at(1).kind == StatementKind::drop);
}
