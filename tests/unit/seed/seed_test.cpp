#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "base/file_tree.hpp"
#include "catalog/apply.hpp"
#include "migration/from_sql.hpp"
#include "seed/inserts.hpp"
#include "seed/missing_names.hpp"
#include "seed/read.hpp"
#include "seed/scripts.hpp"
#include "unit/history/make.hpp"
#include "unit/project/temporary_folder.hpp"

using namespace gauger;

namespace {

// A script whose seed() has this body.
std::string script(std::string_view body, std::string_view head = "async def seed(connection):") {
  std::string text =
      "import sqlalchemy as sa\nfrom sqlalchemy.dialects import postgresql\n"
      "from sqlalchemy.orm import Session\n\n"
      "roles = sa.table('roles', sa.column('name'))\n\n\n";
  text.append(head).append("\n    ");
  for (const char letter : body) {
    text += letter;
    text += letter == '\n' ? "    " : "";
  }
  return text + "\n";
}

// The tables of what it inserts again.
std::string repeated(std::string_view body, std::string_view head = "async def seed(connection):") {
  const tests::TemporaryFolder folder({});
  folder.write("seeds/a1.py", script(body, head));
  const base::WorkingTree tree(folder.path());
  eval::Library library(tree, {""});
  const auto read = seed::read_script(tree, "seeds/a1.py", library);
  if (!read) {
    return read.error().message;
  }
  std::string tables;
  for (const seed::RepeatedInsert& each : seed::repeated_inserts(*read)) {
    tables += (tables.empty() ? "" : " ") + each.table;
  }
  return tables;
}

// Tables, and columns behind a dot, that it names and a schema of these statements lacks.
std::string missing(std::string_view body,
                    std::string_view schema = "CREATE TABLE roles (name text, rank int)") {
  const tests::TemporaryFolder folder({});
  folder.write("seeds/a1.py", script(body));
  const base::WorkingTree tree(folder.path());
  eval::Library library(tree, {""});
  std::vector<migration::Operation> operations;
  migration::append_sql(std::string(schema), {}, operations);
  catalog::Catalog head;
  for (const migration::Operation& operation : operations) {
    catalog::apply(operation, head);
  }
  const auto read = seed::read_script(tree, "seeds/a1.py", library);
  if (!read) {
    return read.error().message;
  }
  std::string names;
  for (const seed::MissingName& each : seed::missing_names(*read, head)) {
    names += (names.empty() ? "" : " ") + each.table;
    names += each.column.empty() ? "" : "." + each.column;
  }
  return names;
}

std::string execute(std::string_view sql) {
  return R"(await connection.execute(sa.text(""")" + std::string(sql) + R"(""")))";
}

}  // namespace

TEST_CASE("seed::repeated_inserts: SQL text") {
  CHECK(repeated("await connection.execute(sa.text(\"INSERT INTO roles VALUES ('a')\"))") ==
        "roles");
  CHECK(repeated("connection.exec_driver_sql('INSERT INTO app.roles VALUES (1)')",
                 "def seed(connection):") == "app.roles");
  CHECK(repeated("await connection.execute(sa.text('''INSERT INTO roles VALUES (:a)\n"
                 "ON CONFLICT DO NOTHING'''), [{'a': 1}])")
            .empty());
  CHECK(repeated("await connection.execute(sa.text('INSERT INTO roles SELECT 1 WHERE NOT EXISTS "
                 "(SELECT FROM roles)'))")
            .empty());
  CHECK(repeated("await connection.execute(sa.text('INSERT INTO roles SELECT a FROM b EXCEPT "
                 "SELECT name FROM roles'))")
            .empty());
  CHECK(repeated("await connection.execute(sa.text('INSERT INTO roles SELECT a FROM b'))") ==
        "roles");
  CHECK(
      repeated("await connection.execute(sa.text('''DO $$ BEGIN IF NOT EXISTS (SELECT FROM roles) "
               "THEN INSERT INTO roles VALUES (1); END IF; END $$'''))")
          .empty());
}

TEST_CASE("seed::repeated_inserts: SQLAlchemy") {
  CHECK(repeated("await connection.execute(roles.insert(), [{'name': 'a'}])") == "roles");
  CHECK(repeated("await connection.execute(sa.insert(roles).values(name='a'))") == "roles");
  CHECK(repeated("await connection.execute(postgresql.insert(roles).values(name='a')"
                 ".on_conflict_do_nothing())")
            .empty());
  CHECK(repeated("await connection.execute(postgresql.insert(roles).values(name='a')"
                 ".on_conflict_do_update(index_elements=['name'], set_={'name': 'b'}))")
            .empty());
}

TEST_CASE("seed::repeated_inserts: guards in the Python") {
  CHECK(repeated("if not await connection.scalar(sa.text('SELECT 1 FROM roles')):\n"
                 "    await connection.execute(sa.insert(roles).values(name='a'))")
            .empty());
  CHECK(repeated("if await connection.scalar(sa.text('SELECT 1 FROM roles')):\n"
                 "    return\n"
                 "await connection.execute(sa.insert(roles).values(name='a'))")
            .empty());
  CHECK(repeated("await connection.execute(sa.text('DELETE FROM roles'))\n"
                 "await connection.execute(sa.insert(roles).values(name='a'))")
            .empty());
  CHECK(repeated("await connection.execute(sa.text('DELETE FROM others'))\n"
                 "await connection.execute(sa.insert(roles).values(name='a'))") == "roles");
  CHECK(repeated("for name in ('a', 'b'):\n"
                 "    await connection.execute(sa.insert(roles).values(name=name))") == "roles");
}

TEST_CASE("seed::repeated_inserts of what is no Python") {
  CHECK(repeated("(") == "'(' was never closed");
}

TEST_CASE("seed::missing_names") {
  CHECK(missing(execute("INSERT INTO roles (name, Rank) VALUES ('a', 1)")).empty());
  CHECK(missing(execute("INSERT INTO rolls (name) VALUES ('a')")) == "rolls");
  CHECK(missing(execute("INSERT INTO roles (label) VALUES ('a')")) == "roles.label");
  CHECK(missing(execute("UPDATE roles SET label = 'a'")) == "roles.label");
  CHECK(missing(execute("DELETE FROM app.rolls")) == "app.rolls");
  CHECK(missing(execute("TRUNCATE rolls")) == "rolls");
  CHECK(missing("await connection.execute(roles.insert(), [{'name': 'a'}])",
                "CREATE TABLE labels (name text)") == "roles");
  // By the keys of the models, which need not be the columns' names.
  CHECK(missing("await connection.execute(sa.insert(roles).values(label='a'))").empty());
}

TEST_CASE("seed::missing_names is silent on what cannot be told") {
  CHECK(missing("if await connection.run_sync(lambda c: sa.inspect(c).has_table('rolls')):\n    " +
                execute("INSERT INTO rolls VALUES (1)"))
            .empty());
  CHECK(missing("try:\n    " + execute("INSERT INTO rolls VALUES (1)") +
                "\nexcept Exception:\n    pass")
            .empty());
  CHECK(missing(execute("CREATE TEMP TABLE rolls (name text)") + "\n" +
                execute("INSERT INTO rolls (name) VALUES ('a')"))
            .empty());
  CHECK(missing(execute("SET search_path = app") + "\n" + execute("INSERT INTO rolls VALUES (1)"))
            .empty());
  const std::string rolls = execute("INSERT INTO rolls (name) VALUES ('a')");
  CHECK(missing(rolls, "CREATE SCHEMA app; CREATE TABLE app.rolls (name text)").empty());
  CHECK(missing(rolls, "CREATE VIEW rolls AS SELECT 1 AS name").empty());
  CHECK(missing(rolls, "CREATE FOREIGN TABLE rolls (name text) SERVER s").empty());
  CHECK(missing(rolls, "CREATE EXTENSION postgis").empty());
  CHECK(missing(rolls, "CREATE EXTENSION citext") == "rolls");
  CHECK(missing(rolls, "DO $$ BEGIN EXECUTE 'CREATE TABLE ' || 'rolls'; END $$").empty());
  CHECK(missing(execute("INSERT INTO part (other) VALUES ('a')"),
                "CREATE TABLE parent (name text) PARTITION BY LIST (name);"
                "CREATE TABLE part PARTITION OF parent DEFAULT")
            .empty());
  CHECK(missing("name = await connection.scalar(sa.text('SELECT 1'))\n"
                "await connection.execute(sa.text(f'INSERT INTO {name} VALUES (1)'))")
            .empty());
}

TEST_CASE("seed::is_stub") {
  CHECK(*seed::is_stub("async def seed(connection):\n    pass\n"));
  CHECK(*seed::is_stub("def seed(connection):\n    '''Rows.'''\n    ...\n"));
  CHECK_FALSE(*seed::is_stub("def seed(connection):\n    connection.execute('a')\n"));
  CHECK_FALSE(*seed::is_stub("def other(connection):\n    pass\n"));
  CHECK_FALSE(seed::is_stub("def seed(connection:\n").has_value());
}

TEST_CASE("seed::find_scripts: in the order of the history") {
  const tests::TemporaryFolder folder({});
  for (const std::string_view name : {"z1.py", "b2.py", "a3.py", "unknown.py", "_shared.py",
                                      ".hidden.py", "notes.txt", "nested/c4.py"}) {
    folder.write("seeds/" + std::string(name), "def seed(connection):\n    pass\n");
  }
  folder.write("seeds/b2.py", "def seed(connection):\n    run()\n");
  folder.write("seeds/z1.py", "def seed(connection:\n");
  const base::WorkingTree tree(folder.path());
  const auto history = tests::make_history({{"z1"}, {"b2", {"z1"}}, {"a3", {"b2"}}, {"c4"}});
  const seed::Scripts found = seed::find_scripts(tree, "seeds", history);
  std::string order;
  for (const seed::Script& script : found.scripts) {
    order += script.revision + (script.is_stub ? "* " : " ");
  }
  CHECK(order == "z1 b2 a3* unknown* ");
  CHECK_FALSE(found.scripts.back().index.has_value());
  REQUIRE(found.errors.size() == 1);
  CHECK(found.errors.front().path == "seeds/z1.py");
  CHECK(seed::find_scripts(tree, "nowhere", history).scripts.empty());
}
