#include "project/migration_environment.hpp"

#include <map>
#include <string>

#include <doctest/doctest.h>

using namespace gauger;

namespace {

class OneFile final : public base::FileTree {
 public:
  explicit OneFile(std::string text) : text_(std::move(text)) {}
  [[nodiscard]] base::Result<std::vector<base::Entry>> list(
      const std::string& /*folder*/) const override {
    return std::vector<base::Entry>{};
  }
  [[nodiscard]] base::Result<std::string> read(const std::string& path) const override {
    if (path == "migrations/env.py") {
      return text_;
    }
    return base::failure({.kind = base::ErrorKind::unreadable, .message = "none", .path = path});
  }
  [[nodiscard]] std::optional<base::EntryKind> kind(const std::string& path) const override {
    return path == "migrations/env.py" ? std::optional(base::EntryKind::file) : std::nullopt;
  }

 private:
  std::string text_;
};

project::MigrationEnvironment read(const std::string& text) {
  const OneFile tree(
      "import asyncio\nfrom alembic import context\n"
      "from sqlalchemy import engine_from_config, text\n" +
      text);
  project::AlembicSettings alembic;
  alembic.script_location = "migrations";
  return project::read_migration_environment(tree, alembic);
}

// The online half of Alembic's template, with what is said in two places of it.
std::string online(const std::string& before, const std::string& keywords,
                   const std::string& connect = "connect") {
  return "connectable = engine_from_config({})\n"
         "def run_migrations_online():\n"
         "    with connectable." +
         connect + "() as connection:\n" + before +
         "        context.configure(connection=connection" + keywords +
         ")\n"
         "        with context.begin_transaction():\n"
         "            context.run_migrations()\n"
         "def run_migrations_offline():\n"
         "    context.configure(url='x', transaction_per_migration=True)\n"
         "    context.run_migrations()\n"
         "if context.is_offline_mode():\n"
         "    run_migrations_offline()\n"
         "else:\n"
         "    run_migrations_online()\n";
}

const std::optional<bool> yes = true;
const std::optional<bool> no = false;
const std::optional<bool> unknown{};

}  // namespace

TEST_CASE("project::read_migration_environment knows whose the transactions are") {
  const auto plain = read(online("", ""));
  CHECK(plain.transaction_per_migration == no);
  CHECK(plain.own_transaction == no);
  CHECK(plain.commits == no);
  CHECK(read(online("", "") + "    connection.commit()\n").commits == yes);
  CHECK(read(online("        connection.commit()\n", "")).commits == no);
  CHECK(plain.one_transaction());

  const auto each = read(online("", ", transaction_per_migration=True"));
  CHECK(each.transaction_per_migration == yes);
  CHECK(!each.one_transaction());

  CHECK(read(online("", ", transaction_per_migration=SETTING")).transaction_per_migration ==
        unknown);
  CHECK(read(online("", ", **settings.arguments")).transaction_per_migration == unknown);
  CHECK(read(online("", ", **{'transaction_per_migration': True}")).transaction_per_migration ==
        yes);
  // Either way may be taken.
  CHECK(read("if settings.each:\n"
             "    context.configure(connection=c, transaction_per_migration=True)\n"
             "else:\n"
             "    context.configure(connection=c)\n"
             "context.run_migrations()\n")
            .transaction_per_migration == unknown);
}

TEST_CASE("project::read_migration_environment sees a transaction of env.py's own") {
  const auto own = read(online("", ", transaction_per_migration=True", "begin"));
  CHECK(own.own_transaction == yes);
  CHECK(own.one_transaction());
  CHECK(read("with e.connect() as c:\n"
             "    context.configure(connection=c)\n"
             "    with c.begin():\n"
             "        context.run_migrations()\n")
            .own_transaction == yes);
  CHECK(read("with e.connect() as c:\n"
             "    with c.begin():\n"
             "        c.execute(text('SELECT 1'))\n"
             "    context.configure(connection=c)\n"
             "    context.run_migrations()\n")
            .own_transaction == no);
  const std::string begun = "c = e.connect()\nt = c.begin()\ncontext.configure(connection=c)\n";
  CHECK(read(begun + "context.run_migrations()\nt.commit()\n").own_transaction == yes);
  CHECK(read("c = e.connect()\nt = c.begin()\nt.commit()\ncontext.configure(connection=c)\n"
             "context.run_migrations()\n")
            .own_transaction == no);
  // What is run before configure() begins one in SQLAlchemy 2.
  const std::string set = "        connection.execute(text(\"SET lock_timeout = '3s'\"))\n";
  CHECK(read(online(set, "")).own_transaction == unknown);
  CHECK(read(online(set + "        connection.commit()\n", "")).own_transaction == no);
}

TEST_CASE("project::read_migration_environment of a connection that commits by itself") {
  const auto made = read(
      "with e.connect().execution_options(isolation_level='AUTOCOMMIT') as c:\n"
      "    context.configure(connection=c)\n"
      "    with context.begin_transaction():\n"
      "        context.run_migrations()\n");
  CHECK(made.transaction_per_migration == unknown);
  CHECK(!made.one_transaction());
}

TEST_CASE("project::read_migration_environment follows functions that are handed over") {
  const std::string shape =
      "def do_run(connection):\n"
      "    context.configure(connection=connection, transaction_per_migration=True)\n"
      "    with context.begin_transaction():\n"
      "        context.run_migrations()\n"
      "async def run():\n"
      "    async with engine.{}() as connection:\n"
      "        await connection.run_sync(do_run)\n"
      "asyncio.run(run())\n";
  const auto with = [&](const std::string& how) {
    std::string text = shape;
    return read(text.replace(text.find("{}"), 2, how));
  };
  CHECK(with("connect").transaction_per_migration == yes);
  CHECK(with("connect").own_transaction == no);
  CHECK(with("begin").own_transaction == yes);
}

TEST_CASE("project::read_migration_environment sees timeouts") {
  CHECK(read("e = create_engine(u, connect_args={'options': '-c lock_timeout=3000'})\n")
            .sets_lock_timeout);
  CHECK(!read("# lock_timeout\n").sets_lock_timeout);
  CHECK(read("c.execute(text(\"SET statement_timeout = '1min'\"))\n").sets_statement_timeout);
}

TEST_CASE("project::read_migration_environment says nothing of what it cannot read") {
  CHECK(read("def (\n").transaction_per_migration == unknown);
  CHECK(read("pass\n").own_transaction == unknown);
  const OneFile tree("");
  const auto none = project::read_migration_environment(tree, {});
  CHECK(none.transaction_per_migration == unknown);
  CHECK(none.depends_on == std::set<std::string>{"env.py"});
}
