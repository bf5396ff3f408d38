#include "catalog/snapshot.hpp"

#include <cstddef>
#include <string>

#include <doctest/doctest.h>

#include "catalog/diff.hpp"
#include "catalog/whereabouts.hpp"
#include "unit/catalog/make.hpp"

namespace {

using gauger::catalog::Catalog;
using gauger::catalog::from_bytes;

Catalog all_kinds() {
  return gauger::tests::catalog_of(R"(
    CREATE SCHEMA app;
    CREATE EXTENSION pg_trgm;
    CREATE TYPE mood AS ENUM ('sad', 'happy');
    CREATE DOMAIN email AS varchar(200) NOT NULL DEFAULT 'x' CHECK (VALUE LIKE '%@%');
    CREATE TABLE users (
      id bigint GENERATED ALWAYS AS IDENTITY (START WITH 100) PRIMARY KEY,
      name text COLLATE "C" NOT NULL DEFAULT 'a',
      mail email,
      feels mood[],
      loud text GENERATED ALWAYS AS (upper(name)) STORED,
      CHECK (name <> '') NO INHERIT);
    COMMENT ON COLUMN users.name IS 'the name';
    CREATE TABLE app.orders (id serial, at date, owner bigint REFERENCES users ON DELETE CASCADE)
      PARTITION BY RANGE (at);
    CREATE TABLE app.orders_1 PARTITION OF app.orders FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
    CREATE TABLE guests () INHERITS (users);
    CREATE UNIQUE INDEX users_name ON users (lower(name) text_pattern_ops DESC NULLS LAST)
      INCLUDE (mail) WHERE name IS NOT NULL;
    CREATE VIEW names AS SELECT name FROM users;
    CREATE MATERIALIZED VIEW counts AS SELECT count(*) FROM users WITH NO DATA;
    CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
    CREATE TRIGGER t BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION f();
    ALTER TABLE users ENABLE ROW LEVEL SECURITY;
    CREATE POLICY p ON users USING (true);
  )");
}

std::string bytes_of(const Catalog& catalog) {
  std::string bytes;
  gauger::catalog::to_bytes(catalog, [&](std::string_view piece) { bytes += piece; });
  return bytes;
}

}  // namespace

TEST_CASE("catalog::from_bytes gives the catalog that to_bytes was given") {
  Catalog catalog = all_kinds();
  gauger::tests::apply_sql("ALTER TABLE users ADD COLUMN perhaps int", catalog, true);
  catalog.tables.begin()->second.created_in = 7;
  const std::string bytes = bytes_of(catalog);
  const auto read = from_bytes(bytes);
  REQUIRE(read.has_value());
  CHECK(gauger::catalog::diff(catalog, *read).empty());
  CHECK(bytes_of(*read) == bytes);
  CHECK(read->tables.begin()->second.created_in == 7U);
  CHECK(read->tables.at({"public", "users"}).find_column("perhaps")->certainty ==
        gauger::catalog::Certainty::possible);
  CHECK_FALSE(read->whereabouts.has_value());
}

TEST_CASE("catalog::to_bytes hands on a large catalog in several pieces") {
  Catalog catalog;
  for (int i = 0; i < 2000; ++i) {
    gauger::tests::apply_sql(
        "CREATE TABLE t" + std::to_string(i) + " (id int PRIMARY KEY, name text)", catalog);
  }
  std::size_t pieces = 0;
  gauger::catalog::to_bytes(catalog, [&](std::string_view) { ++pieces; });
  CHECK(pieces > 3);
  const auto read = from_bytes(bytes_of(catalog));
  REQUIRE(read.has_value());
  CHECK(gauger::catalog::diff(catalog, *read).empty());
}

TEST_CASE("catalog::from_bytes finds the whereabouts again") {
  Catalog catalog = all_kinds();
  catalog.whereabouts.emplace();
  const auto read = from_bytes(bytes_of(catalog));
  REQUIRE(read.has_value());
  REQUIRE(read->whereabouts.has_value());
  const auto found = gauger::catalog::tables_with_index(*read, "users_name");
  REQUIRE(found.size() == 1);
  CHECK(found[0]->name.name == "users");
  CHECK(gauger::catalog::referencing(*read, "users").size() == 2);
  CHECK(gauger::catalog::tables_with_index(*read, "nobody").empty());
}

TEST_CASE("catalog::from_bytes takes nothing that is not whole") {
  const std::string bytes = bytes_of(all_kinds());
  CHECK_FALSE(from_bytes("").has_value());
  CHECK_FALSE(from_bytes("x").has_value());
  CHECK_FALSE(from_bytes(bytes + "x").has_value());
  for (std::size_t i = 0; i < bytes.size(); i += 7) {
    CHECK_FALSE(from_bytes(bytes.substr(0, i)).has_value());
    std::string changed = bytes;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    CHECK_FALSE(from_bytes(changed).has_value());
  }
}
