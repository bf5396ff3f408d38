#include <string>

#include <doctest/doctest.h>

#include "unit/sql/make.hpp"

using gauger::sql::ObjectKind;
using gauger::sql::StatementKind;
using gauger::tests::join;
using gauger::tests::parse_one;

TEST_CASE("sql::parse DROP") {
  const auto tables = parse_one("DROP TABLE IF EXISTS a, s.b CASCADE");
  CHECK(tables.kind == StatementKind::drop);
  CHECK(tables.object == ObjectKind::table);
  CHECK(join(tables.names) == "a s.b");
  CHECK(tables.if_exists);
  CHECK(tables.cascade);
  CHECK(parse_one("DROP INDEX CONCURRENTLY i").concurrently);
  const auto trigger = parse_one("DROP TRIGGER tr ON s.t");
  CHECK(join(trigger.names) == "tr");
  CHECK(join(trigger.table) == "s.t");

  const auto kind = [](const std::string& rest) { return parse_one("DROP " + rest).object; };
  CHECK(kind("INDEX i") == ObjectKind::index);
  CHECK(kind("VIEW v") == ObjectKind::view);
  CHECK(kind("MATERIALIZED VIEW v") == ObjectKind::materialized_view);
  CHECK(kind("SEQUENCE s") == ObjectKind::sequence);
  CHECK(kind("TYPE s.e") == ObjectKind::type);
  CHECK(kind("DOMAIN d") == ObjectKind::domain);
  CHECK(kind("SCHEMA s") == ObjectKind::schema);
  CHECK(kind("FUNCTION f(int)") == ObjectKind::function);
  CHECK(kind("ROUTINE f") == ObjectKind::function);
  CHECK(kind("PROCEDURE f") == ObjectKind::procedure);
  CHECK(kind("POLICY p ON t") == ObjectKind::policy);
  CHECK(kind("RULE r ON t") == ObjectKind::rule);
  CHECK(kind("EXTENSION e") == ObjectKind::extension);
  CHECK(kind("STATISTICS s") == ObjectKind::statistics);
  CHECK(kind("FOREIGN TABLE t") == ObjectKind::foreign_table);
  CHECK(kind("AGGREGATE a(int)") == ObjectKind::aggregate);
  CHECK(kind("CAST (a AS b)") == ObjectKind::cast);
  CHECK(kind("OPERATOR + (int, int)") == ObjectKind::operator_);
  CHECK(kind("COLLATION c") == ObjectKind::collation);
  CHECK(kind("DATABASE IF EXISTS d") == ObjectKind::database);
  CHECK(kind("ROLE r") == ObjectKind::role);
  CHECK(kind("PUBLICATION p") == ObjectKind::other);
  CHECK(join(parse_one("DROP TYPE IF EXISTS s.e, f").names) == "s.e f");
  CHECK(join(parse_one("DROP FUNCTION s.f(int), g").names) == "s.f g");
  CHECK(join(parse_one("DROP ROLE a, b").names) == "a b");
  CHECK(join(parse_one("DROP DATABASE d").names) == "d");
  const auto owned = parse_one("DROP OWNED BY r CASCADE");
  CHECK(owned.kind == StatementKind::drop);
  CHECK(owned.object == ObjectKind::owned);
  CHECK(join(owned.names) == "r");
  CHECK(owned.cascade);
}

TEST_CASE("sql::parse RENAME") {
  const auto table = parse_one("ALTER TABLE IF EXISTS s.t RENAME TO u");
  CHECK(table.kind == StatementKind::rename);
  CHECK(table.object == ObjectKind::table);
  CHECK(join(table.names) == "s.t");
  CHECK(table.new_name == "u");
  CHECK(table.old_name.empty());
  CHECK(table.if_exists);

  const auto column = parse_one("ALTER TABLE ONLY s.t RENAME a TO \"B\"");
  CHECK(column.object == ObjectKind::column);
  CHECK(column.tag == "ALTER TABLE");
  CHECK(join(column.table) == "s.t");
  CHECK(join(column.names) == "s.t");
  CHECK(column.old_name == "a");
  CHECK(column.new_name == "B");
  CHECK(column.only);

  const auto constraint = parse_one("ALTER TABLE t RENAME CONSTRAINT a TO b");
  CHECK(constraint.object == ObjectKind::constraint);
  CHECK(join(constraint.table) == "t");
  CHECK(constraint.old_name == "a");
  CHECK(parse_one("ALTER INDEX s.i RENAME TO j").object == ObjectKind::index);
  CHECK(join(parse_one("ALTER INDEX s.i RENAME TO j").names) == "s.i");
  CHECK(parse_one("ALTER SEQUENCE s RENAME TO j").object == ObjectKind::sequence);
  CHECK(join(parse_one("ALTER SCHEMA a RENAME TO b").names) == "a");
  CHECK(join(parse_one("ALTER TYPE s.x RENAME TO y").names) == "s.x");
  CHECK(join(parse_one("ALTER FUNCTION s.f(int) RENAME TO g").names) == "s.f");
  CHECK(parse_one("ALTER TYPE t RENAME ATTRIBUTE a TO b CASCADE").object == ObjectKind::column);
  CHECK(parse_one("ALTER TYPE t RENAME ATTRIBUTE a TO b CASCADE").cascade);
  const auto trigger = parse_one("ALTER TRIGGER a ON s.t RENAME TO b");
  CHECK(join(trigger.names) == "a");
  CHECK(join(trigger.table) == "s.t");
  CHECK(parse_one("ALTER DOMAIN d RENAME CONSTRAINT a TO b").old_name == "a");
}

TEST_CASE("sql::parse what is said of an object") {
  const auto comment = parse_one("COMMENT ON COLUMN s.t.c IS 'it''s'");
  CHECK(comment.kind == StatementKind::comment);
  CHECK(comment.object == ObjectKind::column);
  CHECK(join(comment.names) == "c");
  CHECK(join(comment.table) == "s.t");
  CHECK(join(comment.values) == "it's");
  CHECK(parse_one("COMMENT ON TABLE t IS NULL").values.empty());
  CHECK(join(parse_one("COMMENT ON CONSTRAINT c ON t IS 'x'").table) == "t");
  CHECK(join(parse_one("COMMENT ON TYPE s.e IS 'x'").names) == "s.e");
  CHECK(join(parse_one("COMMENT ON CONSTRAINT c ON DOMAIN s.d IS 'x'").names) == "s.d");

  const auto schema = parse_one("ALTER TABLE IF EXISTS s.t SET SCHEMA u");
  CHECK(schema.kind == StatementKind::set_schema);
  CHECK(schema.object == ObjectKind::table);
  CHECK(join(schema.names) == "s.t");
  CHECK(schema.new_name == "u");
  CHECK(schema.if_exists);
  CHECK(parse_one("ALTER TYPE e SET SCHEMA u").object == ObjectKind::type);

  const auto owner = parse_one("ALTER TYPE s.e OWNER TO joe");
  CHECK(owner.kind == StatementKind::owner);
  CHECK(join(owner.names) == "s.e");
  CHECK(owner.new_name == "joe");

  const auto grant = parse_one("GRANT SELECT ON s.t, u TO PUBLIC");
  CHECK(grant.kind == StatementKind::grant);
  CHECK(grant.object == ObjectKind::table);
  CHECK(join(grant.names) == "s.t u");
  const auto revoke = parse_one("REVOKE ALL ON ALL TABLES IN SCHEMA s FROM joe CASCADE");
  CHECK(revoke.kind == StatementKind::grant);
  CHECK(revoke.tag == "REVOKE");
  CHECK(revoke.object == ObjectKind::schema);
  CHECK(revoke.cascade);
  CHECK(parse_one("GRANT a TO b").object == ObjectKind::role);

  const auto sequence = parse_one("ALTER SEQUENCE IF EXISTS s.q RESTART");
  CHECK(sequence.kind == StatementKind::alter_sequence);
  CHECK(sequence.if_exists);
  CHECK(join(sequence.names) == "s.q");
  CHECK(parse_one("ALTER EXTENSION e UPDATE").kind == StatementKind::alter_extension);
  CHECK(parse_one("ALTER EXTENSION e ADD TABLE t").kind == StatementKind::alter_extension);
  CHECK(join(parse_one("ALTER FUNCTION s.f(int) STRICT").names) == "s.f");
  CHECK(join(parse_one("ALTER STATISTICS s.st SET STATISTICS 5").names) == "s.st");
}
