#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "base/file_tree.hpp"
#include "seed/inserts.hpp"
#include "seed/scripts.hpp"
#include "unit/history/make.hpp"
#include "unit/project/temporary_folder.hpp"

using namespace gauger;

namespace {

// The tables of what a seed() with this body inserts again.
std::string repeated(std::string_view body, std::string_view head = "async def seed(connection):") {
  const tests::TemporaryFolder folder({});
  std::string text =
      "import sqlalchemy as sa\nfrom sqlalchemy.dialects import postgresql\n"
      "from sqlalchemy.orm import Session\n\n"
      "roles = sa.table('roles', sa.column('name'))\n\n\n";
  text.append(head).append("\n    ");
  for (const char letter : body) {
    text += letter;
    text += letter == '\n' ? "    " : "";
  }
  folder.write("seeds/a1.py", text + "\n");
  const base::WorkingTree tree(folder.path());
  eval::Library library(tree, {""});
  const auto found = seed::repeated_inserts(tree, "seeds/a1.py", library);
  if (!found) {
    return found.error().message;
  }
  std::string tables;
  for (const seed::RepeatedInsert& each : *found) {
    tables += (tables.empty() ? "" : " ") + each.table;
  }
  return tables;
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
