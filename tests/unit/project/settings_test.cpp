#include "project/settings.hpp"

#include <doctest/doctest.h>

using gauger::base::Position;
using gauger::project::Cell;
using gauger::project::OptionTable;
using gauger::project::OptionValue;
using gauger::project::parse_toml;
using gauger::project::read_settings;
using gauger::project::ScratchKind;
using gauger::project::Settings;
using gauger::project::TagScope;

namespace {

gauger::base::Result<Settings> settings_of(std::string_view text) {
  const auto document = parse_toml(text, "gauger.toml");
  REQUIRE(document.has_value());
  return read_settings(*document->table(), "gauger.toml");
}

gauger::base::Error refused_settings(std::string_view text) {
  const auto settings = settings_of(text);
  REQUIRE_FALSE(settings.has_value());
  CHECK(settings.error().path == "gauger.toml");
  return settings.error();
}

}  // namespace

TEST_CASE("project::read_settings reads every key") {
  const auto settings = settings_of(R"(
alembic = "db/alembic.ini"
schema-paths = ["app/models/**/*.py"]
seeds = "seeds"
startup-paths = "app"
environment-prefix = "DYLEN"
[lint]
select = ["a"]
ignore = ["b"]
baseline = "abc"
tag-scope = "file"
require-reason = true
postgres-version = 16
wrappers = {guarded_drop_column = "drop_column"}
[lint.index-not-concurrent]
limit = 10
names = ["x", "y"]
on = false
ratio = 0.5
text = "t"
[history]
baseline = "abc"
allow-merges = true
branches = ["expand"]
external = ["f00"]
[pull-request]
base = "origin/develop"
max-migrations = 2
min-migrations = 0
[database]
scratch = "environment"
env-file = "ci.env"
dsn-environment = ["DATABASE_URL"]
python = ["uv", "run", "python"]
environment = {APP = "x"}
[drift]
allow = ["token", {kind = "index", object = "ix_a"}]
ignore-tables = ["spatial_ref_sys"]
[[seed-data]]
table = "role"
schema = "auth"
key = "name"
required = [{name = "admin", level = 1, ok = true, share = 0.5}]
columns = ["level"]
)");
  REQUIRE(settings.has_value());
  CHECK(settings->alembic == "db/alembic.ini");
  CHECK(settings->schema_paths == std::vector<std::string>{"app/models/**/*.py"});
  CHECK(settings->seeds == "seeds");
  CHECK(settings->startup_paths == std::vector<std::string>{"app"});
  CHECK(settings->environment_prefix == "DYLEN");
  CHECK(settings->lint.select == std::vector<std::string>{"a"});
  CHECK(settings->lint.ignore == std::vector<std::string>{"b"});
  CHECK(settings->lint.baseline == "abc");
  CHECK(settings->lint.tag_scope == TagScope::file);
  CHECK(settings->lint.require_reason);
  CHECK(settings->lint.postgres_version == 16);
  CHECK(settings->lint.wrappers.at("guarded_drop_column") == "drop_column");
  const OptionTable& rule = settings->lint.rules.at("index-not-concurrent");
  CHECK(rule.at("limit") == OptionValue{std::int64_t{10}});
  CHECK(rule.at("names") == OptionValue{std::vector<std::string>{"x", "y"}});
  CHECK(rule.at("on") == OptionValue{false});
  CHECK(rule.at("ratio") == OptionValue{0.5});
  CHECK(rule.at("text") == OptionValue{std::string("t")});
  CHECK(settings->lint.positions.at("index-not-concurrent").line == 15);
  CHECK(settings->lint.positions.at("index-not-concurrent.limit") == Position{16, 1});
  CHECK(settings->history.baseline == "abc");
  CHECK(settings->history.allow_merges);
  CHECK(settings->history.branches == std::vector<std::string>{"expand"});
  CHECK(settings->history.external == std::vector<std::string>{"f00"});
  CHECK(settings->pull_request.base == "origin/develop");
  CHECK(settings->pull_request.max_migrations == 2);
  CHECK(settings->pull_request.min_migrations == 0);
  CHECK(settings->database.scratch == ScratchKind::environment);
  CHECK(settings->database.env_file == "ci.env");
  CHECK(settings->database.dsn_environment == std::vector<std::string>{"DATABASE_URL"});
  CHECK(settings->database.python == std::vector<std::string>{"uv", "run", "python"});
  CHECK(settings->database.environment.at("APP") == "x");
  REQUIRE(settings->drift.allow.size() == 2);
  CHECK(settings->drift.allow[0].token == "token");
  CHECK(settings->drift.allow[1].object == "ix_a");
  CHECK(settings->drift.ignore_tables == std::vector<std::string>{"spatial_ref_sys"});
  REQUIRE(settings->seed_data.size() == 1);
  CHECK(settings->seed_data[0].key == std::vector<std::string>{"name"});
  CHECK(settings->seed_data[0].required[0].at("level") == Cell{std::int64_t{1}});
}

TEST_CASE("project::read_settings has a default for everything") {
  const auto settings = settings_of("");
  REQUIRE(settings.has_value());
  CHECK(settings->seeds == "scripts/seeds");
  CHECK(settings->environment_prefix == "GAUGER");
  CHECK(settings->lint.postgres_version == 14);
  CHECK(settings->pull_request.max_migrations == 1);
  CHECK_FALSE(settings->alembic.has_value());
}

TEST_CASE("project::read_settings suggests the nearest key for an unknown one") {
  const auto top = refused_settings("schema_paths = []\n");
  CHECK(top.message == "unknown key 'schema_paths'");
  CHECK(top.help == "did you mean 'schema-paths'?");
  CHECK(top.position == Position{1, 1});
  const auto lint = refused_settings("[lint]\n\nbase-line = 'a'\n");
  CHECK(lint.message == "unknown key 'lint.base-line'");
  CHECK(lint.help == "did you mean 'lint.baseline'?");
  CHECK(lint.position == Position{3, 1});
  CHECK(refused_settings("[histroy]\n").help == "did you mean 'history'?");
  CHECK(refused_settings("[[seed-data]]\ntable='a'\nkeys='b'\nrequired=[]\n").help ==
        "did you mean 'seed-data.key'?");
  CHECK(refused_settings("[drift]\nallow = [{knd = 'x'}]\n").help ==
        "did you mean 'drift.allow.kind'?");
  CHECK(refused_settings("zzzzzzzz = 1\n").help.starts_with("known here: alembic, schema-paths"));
}

TEST_CASE("project::read_settings checks types") {
  const auto error = refused_settings("\nseeds = 3\n");
  CHECK(error.message == "'seeds' must be a string, not an integer");
  CHECK(error.position == Position{2, 9});
  CHECK(refused_settings("schema-paths = [1]\n").position == Position{1, 17});
  CHECK(refused_settings("lint = 1\n").message == "'lint' must be a table, not an integer");
  CHECK(refused_settings("[lint]\nrequire-reason = 'yes'\n").message.find("true or false") !=
        std::string::npos);
  CHECK(refused_settings("[lint]\npostgres-version = 140005\n").message.find("9 to 99") !=
        std::string::npos);
  CHECK(refused_settings("[lint]\npostgres-version = '15'\n").message.find("an integer") !=
        std::string::npos);
  CHECK(refused_settings("[lint]\ntag-scope = 'files'\n").message ==
        "'lint.tag-scope' must be \"statement\" or \"file\"");
  CHECK(refused_settings("[lint.some-rule]\nx = {y = 1}\n").message.find("lint.some-rule.x") !=
        std::string::npos);
  CHECK(refused_settings("[lint]\nwrappers = {a = 1}\n").message.find("a table of strings") !=
        std::string::npos);
  CHECK(refused_settings("[seed-data]\ntable = 'a'\n").help == "write [[seed-data]]");
  CHECK(refused_settings("[[seed-data]]\ntable = 'a'\n").message.find("needs") !=
        std::string::npos);
  CHECK(refused_settings("[[seed-data]]\ntable='a'\nkey='b'\nrequired=[{c=1}]\n")
            .message.find("key column 'b'") != std::string::npos);
  CHECK(refused_settings("[drift]\nallow = ['']\n").message.find("token") != std::string::npos);
  CHECK(refused_settings("alembic = \"a\\u0000b\"\n").message.find("NUL") != std::string::npos);
}

TEST_CASE("project::read_settings wants an identifier as environment-prefix") {
  for (const std::string_view prefix : {"", "1A", "A-B", "A B", "A_", "É", "A;B"}) {
    CAPTURE(prefix);
    CHECK(refused_settings("environment-prefix = '" + std::string(prefix) + "'\n")
              .message.find("environment-prefix") != std::string::npos);
  }
  CHECK(settings_of("environment-prefix = 'my_app2'\n")->environment_prefix == "my_app2");
}

TEST_CASE("project::read_settings splits a command") {
  CHECK(settings_of("[database]\npython = ' uv  run python '\n")->database.python ==
        std::vector<std::string>{"uv", "run", "python"});
  CHECK(settings_of("[database]\npython = '.venv/bin/python'\n")->database.python ==
        std::vector<std::string>{".venv/bin/python"});
}
