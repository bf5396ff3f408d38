#include "catalog/diff.hpp"

#include <string>

#include <doctest/doctest.h>

#include "catalog/render.hpp"
#include "unit/catalog/make.hpp"

namespace gauger::tests {
namespace {

// Each difference in a line, with what removes it in lines below.
std::string differences(std::string_view left, std::string_view right) {
  std::string text;
  for (const auto& difference : catalog::diff(catalog_of(left), catalog_of(right))) {
    text += display(difference) + "\n";
    for (const std::string& line : catalog::alembic(difference)) {
      text += "  " + line + "\n";
    }
  }
  return text;
}

}  // namespace

TEST_CASE("catalog::diff of equal catalogs is empty") {
  const char* sql =
      "CREATE TABLE a (id serial PRIMARY KEY, b text DEFAULT 'x' CHECK (b <> ''));"
      "CREATE INDEX ON a (b); CREATE TYPE m AS ENUM ('a'); CREATE VIEW v AS SELECT 1";
  CHECK(differences(sql, sql).empty());
}

TEST_CASE("catalog::diff of columns") {
  CHECK(differences("CREATE TABLE users (email text, old int, n int)",
                    "CREATE TABLE users (email varchar(50) NOT NULL, n int DEFAULT 1, \"New\" "
                    "timestamptz NOT NULL)") ==
        "column users.New: missing\n"
        "  op.add_column(\"users\", sa.Column(\"New\", sa.DateTime(timezone=True), "
        "nullable=False))\n"
        "column users.email: type text, expected character varying(50)\n"
        "  op.alter_column(\"users\", \"email\", type_=sa.String(50), "
        "postgresql_using=\"email::character varying(50)\")\n"
        "column users.email: nullability NULL, expected NOT NULL\n"
        "  op.alter_column(\"users\", \"email\", nullable=False)\n"
        "column users.n: default none, expected 1\n"
        "  op.alter_column(\"users\", \"n\", server_default=sa.text(\"1\"))\n"
        "column users.old: not expected\n"
        "  op.drop_column(\"users\", \"old\")\n");
}

TEST_CASE("catalog::diff of constraints and indexes") {
  CHECK(differences(
            "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE t (a int, b int);"
            "CREATE INDEX i ON t (a); ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID",
            "CREATE TABLE a (id int PRIMARY KEY);"
            "CREATE TABLE t (a int CONSTRAINT f REFERENCES a ON DELETE CASCADE, b int UNIQUE);"
            "CREATE UNIQUE INDEX i ON t (a DESC) WHERE b > 0;"
            "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0)") ==
        "constraint t.t_b_key: missing\n"
        "  op.create_unique_constraint(op.f(\"t_b_key\"), \"t\", [\"b\"])\n"
        "constraint t.c: validity not valid, expected valid\n"
        "  op.execute(\"ALTER TABLE t VALIDATE CONSTRAINT c\")\n"
        "index t.i: definition btree (a), expected UNIQUE btree (a DESC) WHERE b > 0\n"
        "  op.drop_index(op.f(\"i\"), table_name=\"t\")\n"
        "  op.create_index(op.f(\"i\"), \"t\", [sa.text(\"a DESC\")], unique=True, "
        "postgresql_where=sa.text(\"b > 0\"))\n"
        "constraint t.f: missing\n"
        "  op.create_foreign_key(op.f(\"f\"), \"t\", \"a\", [\"a\"], [\"id\"], "
        "ondelete=\"CASCADE\")\n");
}

TEST_CASE("catalog::diff proposes renames") {
  CHECK(differences("CREATE TABLE a (x int, y text); CREATE INDEX i ON a (x);"
                    "CREATE TYPE m AS ENUM ('a'); ALTER TABLE a ADD CONSTRAINT k UNIQUE (x)",
                    "CREATE TABLE b (x int, y text); CREATE INDEX j ON b (x);"
                    "CREATE TYPE n AS ENUM ('a'); ALTER TABLE b ADD CONSTRAINT l UNIQUE (x)") ==
        "enum m: expected as n\n  op.execute(\"ALTER TYPE m RENAME TO n\")\n"
        "table a: expected as b\n  op.rename_table(\"a\", \"b\")\n"
        "constraint b.k: expected as l\n  op.execute(\"ALTER TABLE b RENAME CONSTRAINT k TO l\")\n"
        "index b.i: expected as j\n  op.execute(\"ALTER INDEX i RENAME TO j\")\n");
  CHECK(differences("CREATE TABLE a (x int, y text)", "CREATE TABLE a (z int, y text)") ==
        "column a.x: expected as z\n  op.alter_column(\"a\", \"x\", new_column_name=\"z\")\n");
  // Either could be it.
  CHECK(differences("CREATE TABLE a (x int)", "CREATE TABLE a (y int, z int)") ==
        "column a.y: missing\n  op.add_column(\"a\", sa.Column(\"y\", sa.Integer(), "
        "nullable=True))\n"
        "column a.z: missing\n  op.add_column(\"a\", sa.Column(\"z\", sa.Integer(), "
        "nullable=True))\n"
        "column a.x: not expected\n  op.drop_column(\"a\", \"x\")\n");
}

TEST_CASE("catalog::diff of enums") {
  CHECK(differences("CREATE TYPE m AS ENUM ('b', 'd')",
                    "CREATE TYPE m AS ENUM ('a', 'b', 'c', 'd')") ==
        "enum m: labels b, d, expected a, b, c, d\n"
        "  op.execute(\"ALTER TYPE m ADD VALUE 'a' BEFORE 'b'\")\n"
        "  op.execute(\"ALTER TYPE m ADD VALUE 'c' AFTER 'b'\")\n");
  CHECK(differences("CREATE TYPE m AS ENUM ('a', 'b'); CREATE TABLE t (x m)",
                    "CREATE TYPE m AS ENUM ('b'); CREATE TABLE t (x m)") ==
        "enum m: labels a, b, expected b\n"
        "  op.execute(\"ALTER TYPE m RENAME TO m_old\")\n"
        "  op.execute(\"CREATE TYPE m AS ENUM ('b')\")\n"
        "  op.execute(\"ALTER TABLE t ALTER COLUMN x TYPE m USING x::text::m\")\n"
        "  op.execute(\"DROP TYPE m_old\")\n");
}

TEST_CASE("catalog::diff with a replay differs in nothing that it does not know") {
  const auto replayed = [] {
    auto catalog = catalog_of("CREATE TABLE a (x int DEFAULT 1 CHECK (x > 0)); CREATE TABLE c ()");
    apply_sql("CREATE TABLE b (); ALTER TABLE a ADD y int; DROP TABLE c", catalog, true);
    return catalog;
  }();
  const auto other = catalog_of("CREATE TABLE a (x int DEFAULT (1) CHECK ((x > 0)))");
  CHECK(catalog::diff(replayed, other, catalog::Compare::what_a_replay_knows).empty());
  CHECK(catalog::diff(other, replayed, catalog::Compare::what_a_replay_knows).empty());
  CHECK(!catalog::diff(replayed, other).empty());
}

TEST_CASE("catalog::python_string") {
  CHECK(catalog::python_string("a \"b\" \\ \n\x01 é") == "\"a \\\"b\\\" \\\\ \\n\\x01 é\"");
}

TEST_CASE("catalog::alembic says with SQL what Alembic cannot") {
  CHECK(differences("",
                    "CREATE TABLE t (a int CHECK (a > ':x'::int), m mood, UNIQUE NULLS NOT "
                    "DISTINCT (a))") ==
        "table t: missing\n"
        "  op.execute(\"CREATE TABLE t (a integer, m mood, CONSTRAINT t_a_check CHECK (a > "
        "'\\\\:x'::int), CONSTRAINT t_a_key UNIQUE NULLS NOT DISTINCT (a))\")\n");
}

}  // namespace gauger::tests
