#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "migration/operation.hpp"
#include "unit/migration/sql_actions.hpp"

namespace gauger::migration {

using tests::operation_of;
using tests::operations_of;

TEST_CASE("migration::append_sql reads changes of rows") {
  const Operation insert = operation_of("INSERT INTO app.t (a, b) VALUES (1, 2)");
  CHECK(display(insert.table) == "app.t");
  CHECK(insert.as<Insert>()->columns == std::vector<std::string>{"a", "b"});
  CHECK_FALSE(insert.as<Insert>()->from_query);
  CHECK_FALSE(operation_of("INSERT INTO t DEFAULT VALUES").as<Insert>()->from_query);
  CHECK(operation_of("INSERT INTO t SELECT * FROM u").as<Insert>()->from_query);
  CHECK(operation_of("INSERT INTO t (SELECT 1) UNION SELECT 2").as<Insert>()->from_query);
  CHECK(operation_of("COPY t (a) FROM '/tmp/t'").as<Insert>()->from_query);
  CHECK(operation_of("COPY t TO STDOUT").is<Other>());
  const Operation update =
      operation_of("UPDATE ONLY t SET b = 1, a = 2 WHERE c = 'x' RETURNING id");
  CHECK(update.as<Update>()->assigned == std::vector<std::string>{"b", "a"});
  CHECK(update.as<Update>()->where == "c = 'x'");
  CHECK(update.as<Update>()->where_known);
  CHECK(update.only);
  CHECK_FALSE(operation_of("UPDATE t SET a = 1").as<Update>()->where.has_value());
  CHECK(operation_of("UPDATE t x SET a = 1 FROM u WHERE u.id = x.id").as<Update>()->where ==
        "u.id = x.id");
  CHECK(operation_of("DELETE FROM t USING u WHERE t.id = u.id").as<Delete>()->where ==
        "t.id = u.id");
  CHECK_FALSE(operation_of("DELETE FROM t").as<Delete>()->where.has_value());
  const Operation merge =
      operation_of("MERGE INTO t USING u ON t.id = u.id WHEN MATCHED THEN UPDATE SET a = u.a");
  CHECK(merge.as<Update>()->assigned == std::vector<std::string>{"a"});
  CHECK_FALSE(merge.as<Update>()->where_known);
  const auto truncated = operations_of("TRUNCATE a, app.b CASCADE");
  REQUIRE(truncated.size() == 2);
  CHECK(truncated[1].is<Truncate>());
  CHECK(display(truncated[1].table) == "app.b");
  CHECK(truncated[1].cascade);
}

TEST_CASE("migration::append_sql reads what is dropped") {
  const auto tables = operations_of("DROP TABLE IF EXISTS a, app.b CASCADE");
  REQUIRE(tables.size() == 2);
  CHECK(tables[0].is<DropTable>());
  CHECK(display(tables[1].table) == "app.b");
  CHECK(tables[1].cascade);
  CHECK(tables[1].if_exists);
  const Operation index = operation_of("DROP INDEX CONCURRENTLY IF EXISTS app.i");
  CHECK(index.is<DropIndex>());
  CHECK(index.object.text == "i");
  CHECK(index.table.name.absent());
  CHECK(index.table.schema.text == "app");
  CHECK(index.concurrently);
  const auto kind = [](const std::string& text) {
    return operation_of(text).as<DropObject>()->kind;
  };
  CHECK(kind("DROP TYPE mood") == ObjectKind::type);
  CHECK(kind("DROP DOMAIN d") == ObjectKind::type);
  CHECK(kind("DROP VIEW v") == ObjectKind::view);
  CHECK(kind("DROP MATERIALIZED VIEW v") == ObjectKind::materialized_view);
  CHECK(kind("DROP FUNCTION f(int)") == ObjectKind::function);
  CHECK(kind("DROP PROCEDURE f") == ObjectKind::function);
  CHECK(kind("DROP SEQUENCE s") == ObjectKind::sequence);
  CHECK(kind("DROP SCHEMA s CASCADE") == ObjectKind::schema);
  CHECK(kind("DROP DATABASE d") == ObjectKind::database);
  CHECK(kind("DROP EXTENSION e") == ObjectKind::extension);
  CHECK(kind("DROP STATISTICS s") == ObjectKind::statistics);
  CHECK(kind("DROP ROLE r") == ObjectKind::other);
  CHECK(kind("DROP OWNED BY bob") == ObjectKind::owned);
  CHECK(operation_of("DROP OWNED BY bob").object.text == "bob");
  CHECK(kind("DROP TRIGGER tr ON t") == ObjectKind::trigger);
  CHECK(operation_of("DROP TRIGGER tr ON app.t").object.text == "tr");
  CHECK(display(operation_of("DROP TRIGGER tr ON app.t").table) == "app.t");
  CHECK(display(operation_of("DROP POLICY p ON t").table) == "t");
  CHECK(operation_of("DROP TYPE app.mood").table.schema.text == "app");
}

TEST_CASE("migration::append_sql reads settings") {
  const auto set = [](const std::string& text) {
    const Operation operation = operation_of(text);
    REQUIRE_MESSAGE(operation.is<SetParameter>(), text);
    return *operation.as<SetParameter>();
  };
  CHECK(set("SET lock_timeout = '5s'").name == "lock_timeout");
  CHECK(set("SET lock_timeout = '5s'").value == "5s");
  CHECK(set("SET LOCAL Statement_Timeout TO 1000").name == "statement_timeout");
  CHECK(set("SET LOCAL statement_timeout TO 1000").local);
  CHECK(set("SET statement_timeout TO 1000").value == "1000");
  CHECK(set("SET search_path TO app, public").value == "app, public");
  CHECK(set("SET TIME ZONE 'UTC'").name == "timezone");
  CHECK(set("RESET lock_timeout").reset);
  CHECK(set("SET lock_timeout TO DEFAULT").reset);
  CHECK(set("RESET ALL").name == "all");
  CHECK(set("SELECT set_config('Lock_Timeout', '5s', true)").name == "lock_timeout");
  CHECK(set("SELECT set_config('lock_timeout', '5s', true)").value == "5s");
  CHECK(set("SELECT set_config('lock_timeout', '5s', true)").local);
  CHECK_FALSE(set("SELECT pg_catalog.set_config('search_path', '', false)").local);
  CHECK(operation_of("SET TRANSACTION READ ONLY").is<Other>());
  CHECK(operation_of("SELECT set_config('a', 'b', true), 1").is<Other>());
}

TEST_CASE("migration::append_sql reads locks and maintenance") {
  const auto locks = operations_of("LOCK TABLE a, app.b IN SHARE ROW EXCLUSIVE MODE");
  REQUIRE(locks.size() == 2);
  CHECK(locks[0].as<LockTable>()->mode == "SHARE ROW EXCLUSIVE");
  CHECK(display(locks[1].table) == "app.b");
  CHECK(operation_of("LOCK t").as<LockTable>()->mode == "ACCESS EXCLUSIVE");
  CHECK(operation_of("VACUUM (FULL, ANALYZE) t").as<Vacuum>()->full);
  CHECK_FALSE(operation_of("VACUUM t").as<Vacuum>()->full);
  CHECK(operation_of("VACUUM").table.name.absent());
  CHECK(operation_of("ANALYZE t (a)").table.name.text == "t");
  const Operation cluster = operation_of("CLUSTER t USING i");
  CHECK(cluster.table.name.text == "t");
  CHECK(cluster.object.text == "i");
  const Operation index = operation_of("REINDEX INDEX CONCURRENTLY app.i");
  CHECK(index.as<Reindex>()->kind == ReindexKind::index);
  CHECK(index.object.text == "i");
  CHECK(index.concurrently);
  CHECK(operation_of("REINDEX TABLE t").table.name.text == "t");
  CHECK(operation_of("REINDEX SCHEMA s").as<Reindex>()->kind == ReindexKind::schema);
  CHECK(operation_of("REINDEX DATABASE d").as<Reindex>()->kind == ReindexKind::database);
  CHECK(operation_of("REINDEX SYSTEM d").as<Reindex>()->kind == ReindexKind::system);
  const Operation refresh = operation_of("REFRESH MATERIALIZED VIEW CONCURRENTLY app.m");
  CHECK(refresh.object.text == "m");
  CHECK(refresh.concurrently);
  CHECK(refresh.as<RefreshView>()->with_data);
  CHECK_FALSE(
      operation_of("REFRESH MATERIALIZED VIEW m WITH NO DATA").as<RefreshView>()->with_data);
}

TEST_CASE("migration::append_sql reads comments on tables and columns") {
  const Operation table = operation_of("COMMENT ON TABLE app.t IS 'it''s'");
  CHECK(display(table.table) == "app.t");
  CHECK(table.as<SetComment>()->comment == "it's");
  CHECK(table.as<SetComment>()->column.absent());
  const Operation column = operation_of("COMMENT ON COLUMN app.t.a IS NULL");
  CHECK(display(column.table) == "app.t");
  CHECK(column.as<SetComment>()->column.text == "a");
  CHECK_FALSE(column.as<SetComment>()->comment.has_value());
  CHECK(operation_of("COMMENT ON INDEX i IS 'x'").is<Other>());
}

TEST_CASE("migration::append_sql knows what concerns nobody") {
  for (const char* text :
       {"SELECT 1", "SELECT my_function()", "SELECT nextval('s')", "SELECT setval('s', 5)",
        "CALL p()", "GRANT SELECT ON t TO bob", "REVOKE ALL ON t FROM bob",
        "ALTER SEQUENCE s RESTART", "ALTER EXTENSION e UPDATE", "DISCARD ALL", "NOTIFY x",
        "ALTER ROLE r SET a = 1", "REASSIGN OWNED BY a TO b", "ALTER VIEW v OWNER TO bob",
        "SHOW lock_timeout", "SET CONSTRAINTS ALL IMMEDIATE"}) {
    CHECK_MESSAGE(operation_of(text).is<Other>(), text);
  }
}

}  // namespace gauger::migration
