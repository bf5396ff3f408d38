// The project's own Alembic on a scratch database, and the guard of all others.
#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "alembic/session.hpp"
#include "database/connection.hpp"
#include "database/scratch.hpp"
#include "live.hpp"
#include "project/project.hpp"
#include "unit/project/temporary_folder.hpp"
#include "unit/repository.hpp"

using namespace gauger;
using Names = std::vector<std::string>;

namespace {

alembic::Environment environment() {
  const char* chosen = std::getenv("GAUGER_TEST_VENV");
  return {{"PATH", "/usr/bin:/bin"},
          {"PYTHONDONTWRITEBYTECODE", "1"},
          {"VIRTUAL_ENV", chosen == nullptr ? LIVE_VENV : chosen}};
}

project::Project load(const std::string& folder) {
  return live::must(project::load({.current_folder = folder, .environment = environment()}));
}

std::string one(database::Connection& connection, std::string_view sql) {
  const database::Rows rows = live::must(connection.query(sql));
  return rows.empty() ? "" : rows.at(0).at(0).value_or("NULL");
}

// A scratch database, and a session of the project's Alembic on it.
struct Place {
  explicit Place(const std::string& purpose)
      : scratch(live::must(
            database::ScratchDatabase::create({.dsn = live::server().dsn(), .purpose = purpose}))),
        connection(live::must(database::Connection::open(scratch.dsn()))) {}

  [[nodiscard]] alembic::SessionOptions options() {
    return {.dsn = scratch.dsn(),
            .database = scratch.name(),
            .identity = one(connection, alembic::identity_sql()),
            .environment = environment(),
            .timeout = std::chrono::minutes(1)};
  }
  [[nodiscard]] alembic::Session start(const project::Project& project) {
    return live::must(alembic::Session::start(project, options()));
  }
  std::string tables() {
    return one(connection,
               "SELECT coalesce(string_agg(relname, ' ' ORDER BY relname), '') FROM pg_class "
               "WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace");
  }

  database::ScratchDatabase scratch;
  database::Connection connection;
};

std::string storefront() { return (tests::repository() / "tests/projects/storefront").string(); }

constexpr std::string_view plain_env = R"py(
from alembic import context
from sqlalchemy import engine_from_config, pool
import models
engine = engine_from_config(context.config.get_section(context.config.config_ini_section),
                            prefix="sqlalchemy.", poolclass=pool.NullPool)
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=models.metadata)
    with context.begin_transaction():
        context.run_migrations()
)py";

constexpr std::string_view models = R"py(
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
metadata = sa.MetaData()
sa.Table("things", metadata, sa.Column("id", sa.Integer, primary_key=True),
         sa.Column("kind", postgresql.ENUM("a", "b", name="kind", create_type=False)))
sa.Table("hidden", metadata, sa.Column("id", sa.Integer, primary_key=True),
         sa.Column("secret", sa.Integer))
)py";

// A project of one revision.
struct Sample {
  explicit Sample(std::string_view upgrade, std::string_view env = plain_env)
      : folder({{".git/", ""},
                {"alembic.ini",
                 "[alembic]\nscript_location = migrations\nprepend_sys_path = .\n"
                 "sqlalchemy.url = driver://user:pass@localhost/dbname\n"},
                {"models.py", std::string(models)},
                {"migrations/env.py", std::string(env)},
                {"migrations/versions/a1.py",
                 fmt::format("import sqlalchemy as sa\nfrom alembic import op\n\n"
                             "revision = 'a1'\ndown_revision = None\n\n"
                             "def upgrade():\n{}\n\ndef downgrade():\n    pass\n",
                             upgrade)}}) {}

  [[nodiscard]] project::Project project() const { return load(folder.path()); }
  tests::TemporaryFolder folder;
};

constexpr std::string_view one_table =
    "    op.create_table('t', sa.Column('id', sa.Integer, primary_key=True))";

}  // namespace

TEST_CASE("alembic::Session runs all revisions, back and forth") {
  Place place("alembic");
  const project::Project project = load(storefront());
  alembic::Session session = place.start(project);
  Names seen;
  const Names done = live::must(
      session.upgrade("head", [&](const std::string& revision) { seen.push_back(revision); }));
  CHECK(done.size() == 15);
  CHECK(seen == done);
  CHECK(live::must(session.current()) == live::must(session.heads()));
  CHECK(one(place.connection, "SELECT version_num FROM alembic_version") == done.back());
  CHECK(place.tables() ==
        "alembic_version categories countries customers order_lines orders payments products");
  CHECK(live::must(session.upgrade("head")).empty());

  const Names undone = live::must(session.downgrade("-2"));
  CHECK(undone == Names{done[14], done[13]});
  CHECK(live::must(session.current()) == Names{done[12]});
  CHECK(live::must(session.upgrade("+1")) == Names{done[13]});
}

TEST_CASE("alembic::Session creates the models' tables") {
  Place place("alembic");
  const project::Project project = load(storefront());
  alembic::Session session = place.start(project);
  const alembic::EnvironmentSettings settings = live::must(session.settings());
  CHECK(settings.has_metadata);
  CHECK(settings.has_filters);
  CHECK_FALSE(settings.include_schemas);
  CHECK(settings.version_table == alembic::SchemaName{"", "alembic_version"});
  CHECK(settings.tables.size() == 7);
  CHECK(std::count(settings.types.begin(), settings.types.end(),
                   alembic::SchemaName{"", "order_status"}) == 1);
  CHECK(place.tables() == "");  // reading the settings makes nothing
  live::must(session.create_all());
  CHECK(place.tables() == "categories countries customers order_lines orders payments products");
  const auto excluded = live::must(
      session.excluded({{.schema = "public", .table = "seed_versions", .exists = false},
                        {.schema = "public", .table = "orders", .parts = {{"column", "id"}}}}));
  REQUIRE(excluded.size() == 1);
  CHECK(excluded[0].table == "seed_versions");
  CHECK_FALSE(excluded[0].part);
}

TEST_CASE("alembic::Session creates types that the models leave to migrations") {
  const Sample sample(one_table);
  Place place("alembic");
  alembic::Session session = place.start(sample.project());
  live::must(session.create_all());
  CHECK(place.tables() == "hidden things");
  CHECK(one(place.connection, "SELECT enum_range(NULL::kind)::text") == "{a,b}");
}

TEST_CASE("alembic::Session calls include_object as autogenerate does") {
  std::string env(plain_env);
  const std::string configure = "target_metadata=models.metadata";
  env.replace(env.find(configure), configure.size(), configure + ", include_object=include");
  env.insert(env.find("engine ="),
             "def include(object_, name, type_, reflected, compare_to):\n"
             "    print(type_, name, type(object_).__name__, reflected, compare_to is not None)\n"
             "    return name not in ('secret', 'legacy')\n");
  const Sample sample(one_table, env);
  Place place("alembic");
  live::must(place.connection.query("CREATE TABLE legacy (id int)"));
  live::must(place.connection.query("CREATE TABLE hidden (id int, secret int)"));
  alembic::Session session = place.start(sample.project());
  const auto excluded = live::must(session.excluded(
      {{.schema = "public", .table = "legacy", .parts = {{"column", "id"}}},
       {.schema = "public", .table = "hidden", .parts = {{"column", "id"}, {"column", "secret"}}},
       {.schema = "public", .table = "things", .exists = false}}));
  REQUIRE(excluded.size() == 2);
  CHECK(excluded[0].table == "legacy");
  CHECK(excluded[1].part == alembic::Part{"column", "secret"});
  const std::string output = session.output();
  CHECK(output.find("table legacy Table True False\n") != std::string::npos);
  CHECK(output.find("table hidden Table False True\n") != std::string::npos);
  CHECK(output.find("column secret Column False True\n") != std::string::npos);
  CHECK(output.find("table things Table False False\n") != std::string::npos);
}

TEST_CASE("alembic::Session names revision, statement, message and source line of a failure") {
  const Sample sample(std::string(one_table) + "\n    op.execute('ALTER TABLE t ADD x nonsense')");
  Place place("alembic");
  alembic::Session session = place.start(sample.project());
  const auto result = session.upgrade("head");
  REQUIRE_FALSE(result);
  const base::Error& error = result.error();
  CHECK(error.kind == base::ErrorKind::environment);
  CHECK(error.message == "revision 'a1': type \"nonsense\" does not exist (SQLSTATE 42704)");
  CHECK(error.help == "statement: ALTER TABLE t ADD x nonsense");
  CHECK(error.path == "migrations/versions/a1.py");
  CHECK(error.position.line == 9);
  CHECK(place.tables() == "");  // in one transaction
  // The session can go on.
  CHECK(live::must(session.current()).empty());
}

TEST_CASE("alembic::Session tells what an env.py says that gives up") {
  const Sample sample(one_table, "import sys\nprint('to stdout')\nsys.exit('set THIS first')\n");
  Place place("alembic");
  alembic::Session session = place.start(sample.project());
  const auto result = session.upgrade("head");
  REQUIRE_FALSE(result);
  CHECK(result.error().message == "it ended the process: set THIS first");
  CHECK(result.error().path == "migrations/env.py");
  CHECK(result.error().position.line == 3);
  CHECK(result.error().help.find("to stdout") != std::string::npos);

  const Sample silent(one_table, "pass\n");
  Place other("alembic");
  alembic::Session second = other.start(silent.project());
  CHECK(second.upgrade("head").error().message ==
        "RuntimeError: env.py ended without calling context.run_migrations()");
}

TEST_CASE("alembic::Session works with an async env.py") {
  const Sample sample(one_table, R"py(
import asyncio
from alembic import context
from sqlalchemy.ext.asyncio import async_engine_from_config

def run(connection):
    context.configure(connection=connection, target_metadata=None)
    with context.begin_transaction():
        context.run_migrations()

async def main():
    engine = async_engine_from_config(
        context.config.get_section(context.config.config_ini_section), prefix="sqlalchemy.")
    async with engine.connect() as connection:
        await connection.run_sync(run)
    await engine.dispose()

asyncio.run(main())
)py");
  Place place("alembic");
  alembic::Session session = place.start(sample.project());
  CHECK(session.driver() == "asyncpg");
  CHECK(live::must(session.upgrade("head")) == Names{"a1"});
  CHECK(place.tables() == "alembic_version t");
  CHECK_FALSE(live::must(session.settings()).has_metadata);
}

TEST_CASE("alembic::Session keeps the driver of the project's own DSN") {
  const Sample sample(one_table);
  for (const std::string driver : {"psycopg2", "psycopg"}) {
    CAPTURE(driver);
    Place place("alembic");
    alembic::SessionOptions options = place.options();
    options.environment["DATABASE_URL"] = "postgresql+" + driver + "://nobody@nowhere/nothing";
    alembic::Session session = live::must(alembic::Session::start(sample.project(), options));
    CHECK(session.driver() == driver);
    CHECK(live::must(session.upgrade("head")) == Names{"a1"});
    CHECK(place.tables() == "alembic_version t");
  }
}

TEST_CASE("alembic::Session refuses every other database") {
  Place victim("victim");
  const std::string url = victim.scratch.dsn();
  const std::string driver_url = "postgresql+psycopg" + url.substr(url.find("://"));
  std::string env(plain_env);
  const auto refused = [&](const Sample& sample, std::string_view what) {
    Place place("alembic");
    alembic::Session session = place.start(sample.project());
    const auto result = session.upgrade("head");
    REQUIRE_FALSE(result);
    CHECK(result.error().message.find(what) != std::string::npos);
    CHECK(result.error().message.find("not to the scratch database") != std::string::npos);
    // And nothing after it.
    CHECK_FALSE(session.upgrade("head"));
    CHECK_FALSE(session.create_all());
    CHECK(victim.tables() == "");
  };
  const std::string ignoring = fmt::format(R"py(
from alembic import context
from sqlalchemy import create_engine
with create_engine("{}").connect() as connection:
    context.configure(connection=connection, target_metadata=None)
    with context.begin_transaction():
        context.run_migrations()
)py",
                                           driver_url);
  SUBCASE("an env.py that ignores the DSN") {
    refused(Sample(one_table, ignoring), victim.scratch.name());
  }
  SUBCASE("one that hides the name from SQLAlchemy's parameters") {
    refused(Sample(one_table, fmt::format(R"py(
import psycopg
from alembic import context
from sqlalchemy import create_engine
engine = create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect("{}"))
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=None)
    with context.begin_transaction():
        context.run_migrations()
)py",
                                          url)),
            victim.scratch.name());
  }
  SUBCASE("one that catches whatever comes") {
    std::string catching(plain_env);
    catching.insert(catching.find("engine ="), fmt::format(R"py(
from sqlalchemy import create_engine, text
try:
    with create_engine("{}").begin() as other:
        other.execute(text("CREATE TABLE harm (id int)"))
except Exception:
    pass
)py",
                                                           driver_url));
    refused(Sample(one_table, catching), victim.scratch.name());
  }
  SUBCASE("a migration that opens an engine of its own") {
    refused(Sample(fmt::format("    with sa.create_engine('{}').begin() as other:\n"
                               "        other.execute(sa.text('CREATE TABLE harm (id int)'))",
                               driver_url)),
            victim.scratch.name());
  }
  SUBCASE("another kind of database") {
    refused(Sample(one_table, R"py(
from alembic import context
from sqlalchemy import create_engine
with create_engine("sqlite://").connect() as connection:
    context.configure(connection=connection, target_metadata=None)
    with context.begin_transaction():
        context.run_migrations()
)py"),
            "sqlite");
  }
}

TEST_CASE("alembic::Session tells a database from one of its name elsewhere") {
  const Sample sample(one_table);
  Place place("alembic");
  alembic::SessionOptions options = place.options();
  options.identity = "1/2/" + place.scratch.name();
  alembic::Session session = live::must(alembic::Session::start(sample.project(), options));
  REQUIRE_FALSE(session.upgrade("head"));
  CHECK(place.tables() == "");
}

TEST_CASE("alembic::Session ends what does not answer, and all that it has started") {
  const Sample sample(
      "    import subprocess\n    child = subprocess.Popen(['sleep', '600'])\n"
      "    open('child', 'w').write(str(child.pid))\n    op.execute('SELECT pg_sleep(600)')");
  Place place("alembic");
  alembic::SessionOptions options = place.options();
  options.timeout = std::chrono::seconds(4);
  {
    alembic::Session session = live::must(alembic::Session::start(sample.project(), options));
    const auto late = session.upgrade("head");
    REQUIRE_FALSE(late);
    CHECK(late.error().message.find("has not answered") != std::string::npos);
    CHECK_FALSE(session.heads());  // its answer would be taken for another's
  }
  pid_t child = 0;
  std::ifstream(sample.folder.at("child")) >> child;
  REQUIRE(child > 0);
  for (int i = 0; i < 100 && ::kill(child, 0) == 0; ++i) {
    std::ifstream state(fmt::format("/proc/{}/stat", child));
    std::string word;
    state >> word >> word >> word;
    if (word == "Z") {  // gone, whoever is to wait for it
      break;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    CHECK(i < 99);
  }
}

TEST_CASE("alembic::Session leaves nothing of its own in the project") {
  const Sample sample(one_table);
  Place place("alembic");
  alembic::Session session = place.start(sample.project());
  live::must(session.upgrade("head"));
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(sample.folder.path())) {
    files += entry.is_regular_file() ? 1U : 0U;
  }
  CHECK(files == 4);
}

TEST_CASE("alembic::find_python prefers what the project says") {
  const Sample sample(one_table);
  const alembic::Python active = alembic::find_python(sample.project(), environment());
  CHECK(active.why == "VIRTUAL_ENV");
  CHECK(active.found);
  project::Project configured = sample.project();
  configured.settings.database.python = {"no-such-python"};
  configured.settings.source = "gauger.toml";
  const alembic::Python missing = alembic::find_python(configured, environment());
  CHECK_FALSE(missing.found);
  CHECK(missing.why == "[database] python in gauger.toml");
  Place place("alembic");
  const auto session = alembic::Session::start(configured, place.options());
  REQUIRE_FALSE(session);
  CHECK(session.error().message ==
        "there is no Python to run the project's Alembic: [database] python in gauger.toml");
}
