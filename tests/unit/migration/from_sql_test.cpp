#include "migration/from_sql.hpp"

#include <filesystem>
#include <fstream>
#include <string>

#include <doctest/doctest.h>

#include "unit/migration/sql_actions.hpp"
#include "unit/repository.hpp"

namespace gauger::migration {

using tests::actions_of;
using tests::operation_of;
using tests::operations_of;

TEST_CASE("migration::append_sql knows each statement of the table") {
  std::ifstream file(tests::repository() / "tests/data/sql_actions.tsv");
  REQUIRE(file);
  std::string line;
  std::size_t count = 0;
  while (std::getline(file, line)) {
    if (line.empty() || line.starts_with('#')) {
      continue;
    }
    const std::size_t tab = line.find('\t');
    REQUIRE_MESSAGE(tab != std::string::npos, line);
    CHECK_MESSAGE(actions_of(line.substr(0, tab)) == line.substr(tab + 1), line);
    ++count;
  }
  CHECK(count > 300);
}

TEST_CASE("migration::append_sql numbers statements from that of the base") {
  Operation base;
  base.statement = 7;
  base.call = 3;
  base.transaction = 2;
  base.autocommit = true;
  base.may_run = true;
  base.directive = "execute";
  std::vector<Operation> operations(1);
  append_sql("ALTER TABLE a ADD b int UNIQUE, DROP c; ; DROP TABLE d, e; SELECT 1", base,
             operations);
  REQUIRE(operations.size() == 7);
  CHECK(operations[0].statement == 0);
  CHECK(operations[1].is<AddColumn>());
  CHECK(operations[1].statement == 7);
  CHECK(operations[2].is<AddConstraint>());
  CHECK(operations[2].statement == 7);
  CHECK(operations[3].is<DropColumn>());
  CHECK(operations[3].statement == 7);
  CHECK(operations[4].statement == 8);
  CHECK(operations[5].statement == 8);
  CHECK(operations[6].statement == 9);
  for (std::size_t i = 1; i < operations.size(); ++i) {
    CHECK(operations[i].call == 3);
    CHECK(operations[i].transaction == 2);
    CHECK(operations[i].autocommit);
    CHECK(operations[i].may_run);
    CHECK(operations[i].from_sql);
  }
  CHECK(operations[3].directive == "ALTER TABLE … DROP COLUMN");
  CHECK(operations[4].directive == "DROP TABLE");
}

TEST_CASE("migration::append_sql gives nothing for a text without statements") {
  CHECK(operations_of("").empty());
  CHECK(operations_of(" \n -- nothing\n/* at all */ ; ;").empty());
}

TEST_CASE("migration::append_sql begins another transaction after COMMIT and ROLLBACK") {
  const auto operations = operations_of(
      "SET a = 1; COMMIT; CREATE INDEX CONCURRENTLY i ON t (a); BEGIN; SAVEPOINT s; ROLLBACK TO s;"
      "ROLLBACK; SELECT 1");
  REQUIRE(operations.size() == 8);
  CHECK(operations[1].as<TransactionControl>()->step == TransactionStep::commit);
  CHECK(operations[1].transaction == 0);
  CHECK(operations[2].transaction == 1);
  CHECK(operations[2].concurrently);
  CHECK(operations[3].as<TransactionControl>()->step == TransactionStep::begin);
  CHECK(operations[4].as<TransactionControl>()->step == TransactionStep::savepoint);
  CHECK(operations[4].object.text == "s");
  CHECK(operations[5].as<TransactionControl>()->step == TransactionStep::savepoint);
  CHECK(operations[6].as<TransactionControl>()->step == TransactionStep::rollback);
  CHECK(operations[6].transaction == 1);
  CHECK(operations[7].transaction == 2);
}

TEST_CASE("migration::append_sql reads what a DO block runs, one by one") {
  const auto operations = operations_of(R"(
    DROP TABLE before;
    DO $do$
    BEGIN
      ALTER TABLE t ADD COLUMN a int;
      IF EXISTS (SELECT 1 FROM t) THEN
        UPDATE t SET a = 1;
      END IF;
      EXECUTE 'DROP TABLE gone';
      EXECUTE format('DROP TABLE %I', some_name);
    END
    $do$;
    DROP TABLE after)");
  REQUIRE(operations.size() == 6);
  CHECK(operations[0].is<DropTable>());
  CHECK(operations[1].is<AddColumn>());
  CHECK_FALSE(operations[1].may_run);
  CHECK(operations[1].statement == 1);
  CHECK(operations[2].is<Update>());
  CHECK(operations[2].may_run);
  CHECK(operations[2].statement == 2);
  CHECK(operations[3].is<DropTable>());
  CHECK(operations[3].table.name.text == "gone");
  REQUIRE(operations[4].is<Opaque>());
  CHECK(operations[4].as<Opaque>()->reason.find("put together") != std::string::npos);
  CHECK(operations[4].directive == "DO");
  CHECK(operations[5].statement == 5);
  CHECK(operations_of("DO $$ BEGIN NULL; END $$").front().is<Other>());
  CHECK(operations_of("DO LANGUAGE plpython3u $$ pass $$").front().is<Opaque>());
}

TEST_CASE("migration::append_sql follows calls of routines that were made") {
  const auto operations = operations_of(R"(
    CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN DROP TABLE a; END $$;
    CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN PERFORM f(); EXECUTE now()::text; END $$;
    CREATE FUNCTION g() RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 1';
    DO $$ BEGIN IF true THEN PERFORM f(); END IF; END $$;
    CALL p();
    SELECT g(), unknown())");
  std::string actions;
  for (const Operation& each : operations) {
    actions += std::string(actions.empty() ? "" : " ") + std::string(tests::action_name(each)) +
               (each.may_run ? "?" : "");
  }
  CHECK(actions ==
        "CreateFunction CreateFunction CreateFunction Other? DropTable? Other Other DropTable "
        "Opaque Other");
  CHECK(operations[8].as<Opaque>()->reason.starts_with("p() runs SQL"));
}

TEST_CASE("migration::append_sql ends with a routine that calls itself") {
  CHECK(operations_of("CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN PERFORM f(); "
                      "END $$; SELECT f()")
            .size() < 20);
}

TEST_CASE("migration::append_sql knows which handlers let an existing object pass") {
  const auto made = [](const std::string& handler) {
    return operation_of("DO $$ BEGIN CREATE TYPE mood AS ENUM ('a'); EXCEPTION " + handler +
                        " END $$");
  };
  CHECK(made("WHEN duplicate_object THEN NULL;").if_not_exists);
  CHECK(made("WHEN duplicate_object THEN NULL;").attempted);
  CHECK(made("WHEN DUPLICATE_OBJECT THEN RAISE NOTICE 'it is there';").if_not_exists);
  CHECK(made("WHEN SQLSTATE '42710' THEN NULL;").if_not_exists);
  CHECK(made("WHEN undefined_table OR duplicate_object THEN NULL;").if_not_exists);
  CHECK(made("WHEN others THEN NULL;").if_not_exists);
  CHECK_FALSE(made("WHEN undefined_table THEN NULL;").if_not_exists);
  CHECK(made("WHEN undefined_table THEN NULL;").attempted);
  CHECK_FALSE(made("WHEN duplicate_object THEN RAISE;").if_not_exists);
  CHECK_FALSE(made("WHEN duplicate_object THEN RAISE;").attempted);
  CHECK_FALSE(made("WHEN others THEN RAISE EXCEPTION 'no';").if_not_exists);
  // The handler of a block inside does not catch for what is outside of it.
  const auto outside = operations_of(
      "DO $$ BEGIN CREATE TYPE a AS ENUM (); BEGIN CREATE TYPE b AS ENUM (); EXCEPTION WHEN "
      "duplicate_object THEN NULL; END; END $$");
  REQUIRE(outside.size() == 2);
  CHECK_FALSE(outside[0].if_not_exists);
  CHECK(outside[1].if_not_exists);
  // A text that only speaks of it.
  CHECK_FALSE(
      operation_of("DO $$ BEGIN CREATE TYPE a AS ENUM ('duplicate_object'); END $$").if_not_exists);
}

TEST_CASE("migration::append_sql reads the writes inside of WITH, in the same statement") {
  const auto operations = operations_of(
      "WITH gone AS (DELETE FROM a WHERE old RETURNING *) INSERT INTO b SELECT * FROM gone");
  REQUIRE(operations.size() == 2);
  CHECK(operations[0].is<Insert>());
  CHECK(operations[0].table.name.text == "b");
  CHECK(operations[1].as<Delete>()->where == "old");
  CHECK(operations[1].statement == operations[0].statement);
  CHECK(actions_of("WITH gone AS (DELETE FROM a RETURNING *) SELECT * FROM gone") == "Delete");
  CHECK(actions_of("EXPLAIN ANALYZE DELETE FROM t") == "Delete");
  CHECK(actions_of("EXPLAIN DELETE FROM t") == "Other");
}

TEST_CASE("migration::append_sql takes a text whole, or not at all") {
  const Operation opaque = operation_of("DROP TABLE a; DROP TABEL b; DROP TABLE c");
  REQUIRE(opaque.is<Opaque>());
  CHECK(opaque.as<Opaque>()->reason ==
        R"(PostgreSQL does not accept the SQL: syntax error at or near "TABEL")");
  CHECK(operation_of("PRAGMA foreign_keys=OFF").is<Opaque>());
}

}  // namespace gauger::migration
