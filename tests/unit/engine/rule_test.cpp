#include "engine/rule.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "migration/from_sql.hpp"

using gauger::migration::Operation;
namespace engine = gauger::engine;
namespace migration = gauger::migration;

namespace {

std::vector<Operation> operations_of(std::string_view text) {
  std::vector<Operation> operations;
  migration::append_sql(text, {}, operations);
  return operations;
}

// For each operation of the text, "x" where the predicate holds.
std::string marks(std::string_view text, bool (*predicate)(const Operation&)) {
  std::string result;
  for (const Operation& operation : operations_of(text)) {
    result += predicate(operation) ? 'x' : '-';
  }
  return result;
}

std::string new_tables(std::string_view text) {
  std::string result;
  for (const bool is_new : engine::on_new_tables(operations_of(text))) {
    result += is_new ? 'x' : '-';
  }
  return result;
}

migration::TableName table(std::string schema, std::string name) {
  return {.schema = {std::move(schema)}, .name = {std::move(name)}};
}

}  // namespace

TEST_CASE("engine::may_be_same goes by what the names tell") {
  const migration::TableName hole{.name = migration::Name::hole()};
  CHECK(engine::may_be_same(table("", "a"), table("", "a")));
  CHECK(engine::may_be_same(table("", "a"), table("app", "a")));
  CHECK(engine::may_be_same(hole, table("", "a")));
  CHECK_FALSE(engine::may_be_same(table("", "a"), table("", "b")));
  CHECK_FALSE(engine::may_be_same(table("app", "a"), table("old", "a")));
}

TEST_CASE("engine::on_new_tables knows a table that was made before") {
  CHECK(new_tables("CREATE TABLE a (x int); ALTER TABLE a DROP x; ALTER TABLE b DROP x") == "-x-");
  CHECK(new_tables("ALTER TABLE a DROP x; CREATE TABLE a (x int)") == "--");
  CHECK(new_tables("CREATE TABLE IF NOT EXISTS a (x int); DROP TABLE a") == "--");
  CHECK(new_tables("CREATE TABLE a AS SELECT 1; CREATE INDEX i ON a (x)") == "-x");
  CHECK(new_tables("CREATE TABLE app.a (x int); DROP TABLE a; DROP TABLE old.a") == "-x-");
  CHECK(new_tables("CREATE TABLE a (x int); DROP TYPE a; DROP INDEX i") == "---");
}

TEST_CASE("engine::destroys what cannot be had back") {
  CHECK(marks("DROP TABLE a, b", engine::destroys) == "xx");
  CHECK(marks("ALTER TABLE a DROP x, DROP CONSTRAINT y CASCADE, ADD z int", engine::destroys) ==
        "x--");
  CHECK(marks("TRUNCATE a; DELETE FROM a; DROP INDEX i CASCADE", engine::destroys) == "x--");
  CHECK(marks("DROP SCHEMA a; DROP DATABASE a; DROP OWNED BY a", engine::destroys) == "xxx");
  CHECK(marks("DROP TYPE a; DROP VIEW a; DROP FUNCTION f; DROP SEQUENCE s", engine::destroys) ==
        "----");
  CHECK(marks("DROP TYPE a CASCADE; DROP VIEW a CASCADE", engine::destroys) == "xx");
}

TEST_CASE("engine::demands_values of the rows that are there") {
  const auto demands = [](std::string_view action) {
    return marks("ALTER TABLE t " + std::string(action), engine::demands_values);
  };
  CHECK(demands("ALTER a SET NOT NULL") == "x");
  CHECK(demands("ALTER a DROP NOT NULL") == "-");
  CHECK(demands("ADD CONSTRAINT n NOT NULL a") == "x");
  CHECK(demands("ADD CONSTRAINT n NOT NULL a NOT VALID") == "-");
  CHECK(demands("ADD CONSTRAINT n CHECK (a IS NOT NULL)") == "-");
  CHECK(demands("ADD a int") == "-");
  CHECK(demands("ADD a int NOT NULL") == "x");
  CHECK(demands("ADD a int NOT NULL DEFAULT 1") == "-");
  CHECK(demands("ADD a serial") == "-");
  CHECK(demands("ADD a int GENERATED ALWAYS AS IDENTITY") == "-");
  CHECK(demands("ADD a int NOT NULL GENERATED ALWAYS AS (1) STORED") == "-");
  // One thing, told once.
  CHECK(demands("ADD a int NOT NULL UNIQUE CHECK (a > 0)") == "x--");
  CHECK(demands("ADD a int PRIMARY KEY") == "x-");
  Operation known;
  known.action = migration::SetNotNull{.column = {"a"}, .existing_nullable = false};
  CHECK_FALSE(engine::demands_values(known));
  known.action = migration::SetNotNull{.column = {"a"}, .existing_nullable = true};
  CHECK(engine::demands_values(known));
}

TEST_CASE("engine::changes_type unless it is known to be the same") {
  CHECK(marks("ALTER TABLE t ALTER a TYPE bigint, ALTER b SET NOT NULL", engine::changes_type) ==
        "x-");
  Operation change;
  const migration::Type bigint{.text = "bigint", .written = "sa.BigInteger()"};
  const migration::Type integer{.text = "integer", .written = "sa.Integer()"};
  const migration::Type unknown{.written = "Custom()"};
  const auto changes = [&](const migration::Type& from, const migration::Type& to) {
    change.action = migration::ChangeType{.column = {"a"}, .type = to, .existing_type = from};
    return engine::changes_type(change);
  };
  CHECK(changes(integer, bigint));
  CHECK_FALSE(changes(bigint, bigint));
  CHECK(changes(unknown, bigint));
}
