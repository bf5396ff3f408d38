#include <chrono>
#include <string>

#include <doctest/doctest.h>

#include "migration/from_sql.hpp"
#include "migration/operation.hpp"
#include "migration/routines.hpp"
#include "unit/migration/sql_actions.hpp"

namespace gauger::migration {

using tests::actions_of;
using tests::operation_of;
using tests::operations_of;

namespace {

std::string where(const std::string& condition) {
  const Operation operation = operation_of("DELETE FROM t WHERE " + condition);
  REQUIRE_MESSAGE(operation.is<Delete>(), condition);
  return operation.as<Delete>()->where.value_or("nothing");
}

std::string repeated(const std::string& text, std::size_t times) {
  std::string result;
  for (std::size_t i = 0; i < times; ++i) {
    result += text;
  }
  return result;
}

}  // namespace

TEST_CASE("migration::append_sql reads parameters as the drivers do") {
  CHECK(where("a = :a") == "a = $1");
  CHECK(where("a = :a AND b = :b2") == "a = $1 AND b = $1");
  CHECK(where("a = :data::jsonb") == "a = $1::jsonb");
  CHECK(where("a = %(a)s AND b = %s") == "a = $1 AND b = $1");
  CHECK(where("a IN (%s, %s)") == "a IN ($1, $1)");
  CHECK(where("a = ANY(:a)") == "a = ANY($1)");
  CHECK(where("(:a IS NULL)") == "($1 IS NULL)");
  CHECK(where("a = CAST(:größe AS int)") == "a = CAST($1 AS int)");
}

TEST_CASE("migration::append_sql leaves what is no parameter") {
  CHECK(where("a::text = b::varchar(3)") == "a::text = b::varchar(3)");
  CHECK(where(R"(a = '{"a":1, "b": :c}')") == R"(a = '{"a":1, "b": :c}')");
  CHECK(where("a = 'it''s :x' AND b = ':y'") == "a = 'it''s :x' AND b = ':y'");
  CHECK(where(R"(a = E'it\'s :x' AND b = :y)") == R"(a = E'it\'s :x' AND b = $1)");
  CHECK(where(R"(a = 'back\' AND b = :y)") == R"(a = 'back\' AND b = $1)");
  CHECK(where(R"("odd :name" = 1)") == R"("odd :name" = 1)");
  CHECK(where(R"("a""b :c" = :d)") == R"("a""b :c" = $1)");
  CHECK(where("a = $$ :x $$") == "a = $$ :x $$");
  CHECK(where("a = $tag$ $$ :x %s $tag$ AND b = :y") == "a = $tag$ $$ :x %s $tag$ AND b = $1");
  CHECK(where("a = 1 /* :x /* :y */ ' */ AND b = :z") == "a = 1 /* :x /* :y */ ' */ AND b = $1");
  CHECK(where("a = 1 -- it's :x\n AND b = :y") == "a = 1 -- it's :x\n AND b = $1");
  CHECK(where("a[1:2] = b") == "a[1:2] = b");
  CHECK(where("a LIKE '%s' AND b LIKE '100%%'") == "a LIKE '%s' AND b LIKE '100%%'");
  CHECK(where("a %% 2 = 0") == "a % 2 = 0");
  CHECK(where("id%size = 0") == "id%size = 0");
  CHECK(where("a % s = 0") == "a % s = 0");
}

TEST_CASE("migration::append_sql takes SQLAlchemy's escaped colon for one") {
  CHECK(where(R"(a = b\:\:text)") == "a = b::text");
  CHECK(where(R"(a = '{"b"\:1}')") == R"(a = '{"b":1}')");
  CHECK(where(R"(a[1\:n] = b)") == "a[1:n] = b");
}

TEST_CASE("migration::append_sql puts a constant where the grammar wants one") {
  CHECK(operation_of("SET lock_timeout = :v").as<SetParameter>()->name == "lock_timeout");
  CHECK(operation_of("SET LOCAL lock_timeout = %s").as<SetParameter>()->local);
  CHECK_FALSE(operation_of("ALTER TYPE mood ADD VALUE :v").as<AddEnumValue>()->label_known);
  CHECK(operation_of("COMMENT ON TABLE t IS :text").is<SetComment>());
  const Operation sized = operation_of("ALTER TABLE t ALTER c TYPE varchar(:n)");
  CHECK_FALSE(sized.as<ChangeType>()->type.known());
  CHECK_FALSE(
      operation_of("ALTER TABLE t ALTER c TYPE numeric(%s, 2)").as<ChangeType>()->type.known());
  CHECK(
      operation_of("CREATE TABLE a PARTITION OF b FOR VALUES FROM (:x) TO (:y)").is<CreateTable>());
  CHECK(where("a IN :ids AND b = :b") == "a IN (gauger_hole) AND b = $1");
  const Operation dropped = operation_of("DROP TABLE %s");
  CHECK(dropped.is<DropTable>());
  CHECK_FALSE(dropped.table.name.known);
  CHECK(actions_of("SET a = :a; SET b = :b; ALTER TABLE t ALTER c TYPE char(:c); DROP TABLE :d") ==
        "SetParameter SetParameter ChangeType DropTable");
}

TEST_CASE("migration::append_sql knows a hole by its name") {
  const Operation table = operation_of("DROP TABLE gauger_hole.old_gauger_hole");
  CHECK_FALSE(table.table.name.known);
  CHECK_FALSE(table.table.schema.known);
  const Operation column = operation_of("ALTER TABLE t DROP COLUMN gauger_hole");
  CHECK(column.table.name.known);
  CHECK_FALSE(column.as<DropColumn>()->column.known);
  CHECK_FALSE(operation_of("CREATE INDEX \"ix_gauger_hole\" ON t (a)").object.known);
  CHECK(where("a = gauger_hole + 1") == "a = gauger_hole + 1");
  const Operation typed = operation_of("ALTER TABLE t ADD COLUMN a gauger_hole");
  CHECK_FALSE(typed.as<AddColumn>()->column.type.known());
  CHECK_FALSE(typed.as<AddColumn>()->column.nullable.has_value());
  const Operation filled = operation_of("ALTER TABLE t ADD COLUMN a int DEFAULT gauger_hole");
  CHECK(filled.as<AddColumn>()->column.server_default->kind == DefaultKind::unknown);
}

TEST_CASE("migration::append_sql reads a hole that stands for a list") {
  CHECK(where("id IN gauger_hole") == "id IN (gauger_hole)");
  CHECK(actions_of("INSERT INTO t VALUES gauger_hole") == "Insert");
  const Operation update = operation_of("UPDATE t SET gauger_hole WHERE a = :a");
  REQUIRE(update.is<Update>());
  CHECK(update.as<Update>()->assigned.empty());
  CHECK(update.as<Update>()->where == "a = $1");
  CHECK(operation_of("UPDATE t SET gauger_hole").is<Update>());
  CHECK(actions_of("INSERT INTO t gauger_hole VALUES (1)") == "Insert");
  CHECK_FALSE(
      operation_of("CREATE TYPE a AS ENUM (gauger_hole)").as<CreateEnum>()->type.labels_known);
  CHECK_FALSE(operation_of("CREATE TABLE t (gauger_hole)").as<CreateTable>()->columns_known);
  CHECK_FALSE(
      operation_of("CREATE TABLE t (id int, gauger_hole)").as<CreateTable>()->columns_known);
  CHECK_FALSE(
      operation_of("CREATE INDEX i ON t (gauger_hole)").as<CreateIndex>()->index.keys_known);
  CHECK_FALSE(operation_of("ALTER TABLE t ADD UNIQUE (a, gauger_hole)")
                  .as<AddConstraint>()
                  ->constraint.columns_known);
}

TEST_CASE("migration::append_sql does not guess what a hole in the grammar's place is") {
  for (const char* text : {"ALTER TABLE t gauger_hole", "gauger_hole", "DROP TABLE t gauger_hole",
                           "CREATE INDEX gauger_hole i ON t (a)", "ALTER TABLE t :fragment"}) {
    const Operation operation = operation_of(text);
    REQUIRE_MESSAGE(operation.is<Opaque>(), text);
    CHECK_MESSAGE(operation.as<Opaque>()->reason.find("syntax error") != std::string::npos, text);
  }
  CHECK(operation_of("DROP TABLE t gauger_hole")
            .as<Opaque>()
            ->reason.starts_with("parts of the SQL"));
  // It reads as an alias, and may be a WHERE.
  const Operation rest = operation_of("DELETE FROM t gauger_hole");
  CHECK_FALSE(rest.as<Delete>()->where_known);
  CHECK_FALSE(operation_of("DELETE FROM t WHERE gauger_hole").as<Delete>()->where_known);
  CHECK(operation_of("DELETE FROM gauger_hole").as<Delete>()->where_known);
}

TEST_CASE("migration::append_sql ends on hostile text, and soon") {
  const auto begin = std::chrono::steady_clock::now();
  CHECK(operation_of("SELECT 'never closed").is<Opaque>());
  CHECK(operation_of("SELECT $a$ never closed").is<Opaque>());
  CHECK(operation_of("SELECT /* /* never */ closed").is<Opaque>());
  CHECK(operation_of("SELECT \"never closed :x").is<Opaque>());
  CHECK(operation_of("SELECT E'\\").is<Opaque>());
  CHECK(operation_of(std::string("SELECT 1\0; DROP TABLE t", 23)).is<Opaque>());
  CHECK(operation_of("SELECT '\xff'").is<Opaque>());
  CHECK(operation_of("%").is<Opaque>());
  CHECK(operation_of("%(").is<Opaque>());
  CHECK(operation_of(":").is<Opaque>());
  CHECK(operation_of("\\").is<Opaque>());
  CHECK(operation_of("$").is<Opaque>());
  CHECK(operation_of("SELECT " + repeated("(", 100'000)).is<Opaque>());
  CHECK(operation_of("SELECT " + repeated("(", 50'000) + "1" + repeated(")", 50'000)).is<Opaque>());
  CHECK(operation_of(repeated("/*", 500'000)).is<Opaque>());
  CHECK(operation_of(repeated("$a", 1'000'000)).is<Opaque>());
  CHECK(operation_of(repeated("$a$b", 500'000)).is<Opaque>());
  CHECK(operation_of(repeated("'", 999'999)).is<Opaque>());
  CHECK(operation_of(repeated(":a ", 700'000)).is<Opaque>());
  CHECK(operation_of(repeated("gauger_hole ", 5'000)).is<Opaque>());
  CHECK(operation_of("SELECT " + repeated("gauger_hole, ", 4'000)).is<Opaque>());
  CHECK(operation_of("SET a = " + repeated(":b, ", 10'000)).is<Opaque>());
  CHECK(operation_of(std::string(9U << 20U, 'a')).is<Opaque>());
  const std::string row = "('" + std::string(1'000, 'x') + "', :a)";
  CHECK(operation_of("INSERT INTO t VALUES " + repeated(row + ", ", 3'000) + row).is<Insert>());
  CHECK(operations_of(repeated("DROP TABLE a;", 20'000)).size() == 20'000);
  CHECK(operation_of("DO $$ " + repeated("BEGIN ", 10'000) + "$$").is<Opaque>());
  const auto seconds =
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - begin);
  CHECK(seconds.count() < 60);
}

TEST_CASE("migration::append_sql knows the lines of a file") {
  eval::Module file;
  file.path = "up.sql";
  file.text =
      "SELECT 0;\n-- It begins.\nUPDATE t SET a = :long_name WHERE\n  b = ':no\n:one';\n\n"
      "DO $$ BEGIN\n  DELETE FROM t;\n  DELETE FROM u;\nEND $$; DROP TABLE u;\nDROP TABEL v;\n";
  file.is_python = false;
  const auto lines_of = [&](std::size_t begin, std::size_t end) {
    std::vector<std::size_t> lines;
    std::vector<Operation> operations;
    Routines routines;
    append_sql(std::string_view(file.text).substr(begin, end - begin), {}, operations, routines,
               {&file, {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}});
    for (const Operation& operation : operations) {
      REQUIRE(operation.sites.size() == 1);
      lines.push_back(base::position_of(file.text, operation.sites[0].span.begin).line);
    }
    return lines;
  };
  const std::size_t broken = file.text.find("DROP TABEL");
  CHECK(lines_of(0, broken) == std::vector<std::size_t>{1, 3, 7, 7, 10});
  CHECK(lines_of(10, broken) == std::vector<std::size_t>{3, 7, 7, 10});
  CHECK(lines_of(broken - 1, file.text.size()) == std::vector<std::size_t>{11});
}

}  // namespace gauger::migration
