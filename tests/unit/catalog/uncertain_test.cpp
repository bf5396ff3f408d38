// What a replay says of what it cannot know.
#include <string>

#include <doctest/doctest.h>

#include "catalog/apply.hpp"
#include "unit/catalog/make.hpp"

namespace gauger::tests {
namespace {

migration::Operation on(const std::string& table, migration::Action action) {
  return {.action = std::move(action), .table = {{}, {table, true}}};
}

}  // namespace

TEST_CASE("catalog::apply leaves possible what an operation that may not run makes or drops") {
  auto catalog = catalog_of("CREATE TABLE a (x int NOT NULL); CREATE TABLE b (x int)");
  apply_sql("DROP TABLE a; CREATE TABLE c (y int)", catalog, true);
  CHECK(tables_of(catalog) == "~a b ~c");
  apply_sql("ALTER TABLE b ADD y text; CREATE INDEX i ON b (x)", catalog, true);
  CHECK(columns_of(catalog, "b") == "x integer\n~y text");
  CHECK(indexes_of(catalog, "b") == "~i (x)");
  CHECK(catalog.complete);
}

TEST_CASE("catalog::apply forgets what may have changed") {
  auto catalog = catalog_of("CREATE TABLE a (x int, y int, z int DEFAULT 1)");
  apply_sql(
      "ALTER TABLE a ALTER x SET NOT NULL, ALTER y TYPE text, ALTER z DROP DEFAULT,"
      " ADD CONSTRAINT c CHECK (x > 0)",
      catalog, true);
  CHECK(columns_of(catalog, "a") == "x integer null?\ny ?\nz integer default ");
  CHECK(constraints_of(catalog, "a") == "~c check x > 0");
}

TEST_CASE("catalog::apply is certain again of what must have been there") {
  auto catalog = catalog_of("");
  apply_sql("CREATE TABLE a (x int)", catalog, true);
  CHECK(tables_of(catalog) == "~a");
  apply_sql("ALTER TABLE a ADD y int", catalog);
  CHECK(tables_of(catalog) == "a");
  apply_sql("DROP TABLE a", catalog, true);
  apply_sql("CREATE TABLE IF NOT EXISTS a (x int, z int)", catalog);
  CHECK(columns_of(catalog, "a") == "x integer\ny integer\n~z integer");
  CHECK(tables_of(catalog) == "a");
}

TEST_CASE("catalog::apply adds to a catalog that is not complete what an operation proves") {
  catalog::Catalog catalog;
  apply_sql("ALTER TABLE a ADD y int", catalog);
  CHECK(tables_of(catalog).empty());
  catalog.complete = false;
  apply_sql("ALTER TABLE IF EXISTS c ADD y int; DROP TABLE d", catalog);
  apply_sql("ALTER TABLE a ALTER x SET NOT NULL; CREATE UNIQUE INDEX i ON a (x)", catalog);
  CHECK(tables_of(catalog) == "a");
  CHECK(columns_of(catalog, "a") == "x ? not null");
  CHECK(!catalog.find_table({{}, {"a", true}})->columns_known);
  apply_sql("ALTER TABLE a DROP x", catalog);
  CHECK(indexes_of(catalog, "a").empty());
}

TEST_CASE("catalog::apply of names that cannot be known") {
  using migration::Name;
  auto catalog = catalog_of("CREATE TABLE a (x int, y int UNIQUE CHECK (y > 0))");
  catalog::apply(on("a", migration::AddColumn{{.name = Name::hole()}}), catalog);
  CHECK(!catalog.find_table({{}, {"a", true}})->columns_known);
  CHECK(catalog.complete);
  migration::Operation drop = on("a", migration::DropConstraint{catalog::ConstraintKind::unique});
  drop.object = Name::hole();
  catalog::apply(drop, catalog);
  CHECK(constraints_of(catalog, "a") == "a_y_check check y > 0\n~a_y_key unique (y)");
  catalog::apply(on("a", migration::DropColumn{Name::hole()}), catalog);
  CHECK(columns_of(catalog, "a") == "~x integer\n~y integer");
  migration::Operation create{.action = migration::CreateTable{}};
  create.table.name = Name::hole();
  catalog::apply(create, catalog);
  CHECK(!catalog.complete);
}

TEST_CASE("catalog::apply of what is not understood") {
  auto catalog = catalog_of("CREATE TABLE a (x int)");
  catalog::apply({.action = migration::Opaque{"why"}}, catalog);
  CHECK(!catalog.complete);
  CHECK(tables_of(catalog) == "a");
}

TEST_CASE("catalog::apply of an attempt leaves what is there") {
  auto catalog = catalog_of("CREATE TABLE a (x int); CREATE TYPE m AS ENUM ('a')");
  migration::Operation create = on("a", migration::CreateTable{.columns = {{.name = {"y", true}}}});
  create.attempted = true;
  catalog::apply(create, catalog);
  CHECK(columns_of(catalog, "a") == "x integer");
  migration::Operation not_null = on("a", migration::SetNotNull{.column = {"x", true}});
  not_null.attempted = true;
  catalog::apply(not_null, catalog);
  CHECK(columns_of(catalog, "a") == "x integer null?");
}

TEST_CASE("catalog::apply of what may run does not multiply what has no name") {
  auto catalog = catalog_of("CREATE TABLE a (x int)");
  migration::AddConstraint add;
  add.constraint.kind = migration::ConstraintKind::check;
  add.constraint.name = migration::Name::hole();
  for (int i = 0; i < 3; ++i) {
    catalog::apply(on("a", add), catalog);
  }
  for (int i = 0; i < 40; ++i) {
    apply_sql("ALTER TABLE a ADD COLUMN c" + std::to_string(i) + " int", catalog, true);
  }
  CHECK(catalog.find_table({{}, {"a", true}})->constraints.size() == 3);
}

TEST_CASE("catalog::Past undoes what operations did") {
  catalog::Catalog catalog = catalog_of(
      "CREATE TABLE a (id serial PRIMARY KEY); CREATE TABLE b (a_id int REFERENCES a);"
      "CREATE TYPE m AS ENUM ('a'); CREATE VIEW v AS SELECT * FROM a");
  const std::string before = constraints_of(catalog, "b") + tables_of(catalog);
  catalog::Past past(catalog);
  migration::Operation drop = on("a", migration::DropTable{});
  drop.cascade = true;
  catalog::apply(drop, catalog, std::nullopt, &past);
  catalog::apply(on("b", migration::RenameTable{{{}, {"c", true}}}), catalog, std::nullopt, &past);
  CHECK(tables_of(catalog) == "c");
  CHECK(catalog.views.empty());
  std::move(past).restore(catalog);
  CHECK(constraints_of(catalog, "b") + tables_of(catalog) == before);
  CHECK(catalog.views.size() == 1);
  CHECK(catalog.sequences.size() == 1);
}

}  // namespace gauger::tests
