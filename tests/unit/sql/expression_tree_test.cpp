#include "sql/expression_tree.hpp"

#include <string>

#include <doctest/doctest.h>

#include "unit/sql/make.hpp"

namespace {

using gauger::sql::ExpressionKind;
using gauger::sql::ExpressionTree;
using gauger::sql::parse_expression_tree;

// "(and (>= k 1) (notnull a))"
std::string text_of(const ExpressionTree& tree) {
  std::string text;
  switch (tree.kind) {
    case ExpressionKind::column:
    case ExpressionKind::number:
    case ExpressionKind::truth:
      return tree.text;
    case ExpressionKind::string:
      return "'" + tree.text + "'";
    case ExpressionKind::null:
      return "null";
    case ExpressionKind::cast:
      text = "cast:" + tree.text;
      break;
    case ExpressionKind::and_:
      text = "and";
      break;
    case ExpressionKind::or_:
      text = "or";
      break;
    case ExpressionKind::not_:
      text = "not";
      break;
    case ExpressionKind::is_null:
      text = "null?";
      break;
    case ExpressionKind::is_not_null:
      text = "notnull?";
      break;
    case ExpressionKind::comparison:
      text = tree.text;
      break;
    case ExpressionKind::other:
      text = "other";
      break;
  }
  for (const ExpressionTree& part : tree.parts) {
    text += " " + text_of(part);
  }
  return "(" + text + ")";
}

std::string tree(const std::string& expression) {
  const auto parsed = parse_expression_tree(expression);
  return parsed ? text_of(*parsed) : "error: " + parsed.error().message;
}

}  // namespace

TEST_CASE("sql::parse_expression_tree") {
  CHECK(tree("a IS NOT NULL AND \"B\" > 0") == "(and (notnull? a) (> B 0))");
  CHECK(tree("NOT (t.a IS NULL)") == "(not (null? a))");
  CHECK(tree("a != -1") == "(<> a -1)");
  CHECK(tree("k BETWEEN 1 AND 2") == "(and (>= k 1) (<= k 2))");
  CHECK(tree("k NOT BETWEEN 1 AND 2") == "(or (< k 1) (> k 2))");
  CHECK(tree("k IN (1, 2)") == "(or (= k 1) (= k 2))");
  CHECK(tree("k NOT IN ('x')") == "(and (<> k 'x'))");
  CHECK(tree("a IS DISTINCT FROM NULL") == "(notnull? a)");
  CHECK(tree("NULL IS NOT DISTINCT FROM a") == "(null? a)");
  CHECK(tree("(b COLLATE \"C\")::varchar(10)::app.mood[]") ==
        "(cast:app.mood[] (cast:varchar(10) b))");
  CHECK(tree("date '2024-01-01'") == "'2024-01-01'");
  CHECK(tree("true") == "t");
  CHECK(tree("a + 1") == "(other a 1)");
}

TEST_CASE("sql::parse_expression_tree: what is none") {
  for (const char* text : {"", "a b", "a, b", "a FROM t", "a WHERE b", "a; SELECT b", "a IS NOT"}) {
    INFO(text);
    CHECK_FALSE(parse_expression_tree(text).has_value());
  }
  std::string deep;
  for (int i = 0; i < 100'000; ++i) {
    deep += "a + ";
  }
  CHECK_FALSE(parse_expression_tree(deep + "a").has_value());
}

TEST_CASE("sql::reads_column") {
  const auto reads = [](const char* expression, const char* column) {
    return gauger::sql::reads_column(parse_expression_tree(expression).value(), column);
  };
  CHECK(reads("lower(a) || coalesce(t.b, 'c')", "a"));
  CHECK(reads("lower(a) || coalesce(t.b, 'c')", "b"));
  CHECK_FALSE(reads("lower(a) || coalesce(t.b, 'c')", "c"));
  CHECK_FALSE(reads("a(1)", "a"));
  CHECK_FALSE(reads("'a' = \"A\"", "a"));
  CHECK(reads("CASE WHEN x THEN y ELSE (a).f END", "a"));
}

TEST_CASE("sql::parse_query_tree") {
  const auto reads = [](const char* query, const char* column) {
    return gauger::sql::reads_column(gauger::sql::parse_query_tree(query).value(), column);
  };
  CHECK(reads("SELECT a FROM t", "a"));
  CHECK(reads("SELECT count(*) FROM t WHERE a > 0", "a"));
  CHECK(reads("SELECT * FROM t", "a"));
  CHECK(reads("WITH x AS (SELECT a FROM t) SELECT 1 FROM x", "a"));
  CHECK(reads("SELECT 1 FROM t JOIN u ON t.a = u.b", "a"));
  CHECK_FALSE(reads("SELECT b AS a FROM t", "a"));
  CHECK_FALSE(reads("SELECT count(b) FROM t", "a"));
  CHECK_FALSE(gauger::sql::parse_query_tree("DROP TABLE t").has_value());
}

TEST_CASE("sql::parse CREATE VIEW: the query") {
  using gauger::tests::parse_one;
  CHECK(parse_one("CREATE VIEW v (a, b) AS SELECT 1, 2").query == "SELECT 1, 2");
  CHECK(parse_one("CREATE VIEW v AS SELECT 1 WITH LOCAL CHECK OPTION").query == "SELECT 1");
  CHECK(parse_one("CREATE VIEW v AS SELECT 1 WITH CHECK OPTION").query == "SELECT 1");
  CHECK(parse_one("CREATE MATERIALIZED VIEW v AS SELECT a AS b FROM t WITH NO DATA").query ==
        "SELECT a AS b FROM t");
  CHECK(parse_one("CREATE MATERIALIZED VIEW v AS SELECT 1 AS data").query == "SELECT 1 AS data");
}

TEST_CASE("sql::parse: row locks, publications") {
  using gauger::tests::join;
  using gauger::tests::parse_one;
  CHECK(parse_one("SELECT * FROM t, u FOR UPDATE").locks_rows);
  CHECK_FALSE(parse_one("SELECT * FROM t, u FOR UPDATE OF t").locks_rows);
  CHECK_FALSE(parse_one("SELECT * FROM t").locks_rows);
  CHECK(join(parse_one("CREATE PUBLICATION p FOR TABLE t, s.u").published) == "t s.u");
  CHECK(join(parse_one("ALTER PUBLICATION p ADD TABLE t").published) == "t");
  CHECK(parse_one("CREATE PUBLICATION p FOR ALL TABLES").published.empty());
}
