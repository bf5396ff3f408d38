#include "project/env_file.hpp"

#include <doctest/doctest.h>

#include "project/environment.hpp"
#include "unit/project/temporary_folder.hpp"

using gauger::project::base_reference;
using gauger::project::BaseReference;
using gauger::project::DatabaseSettings;
using gauger::project::dsn_variables;
using gauger::project::find_variable;
using gauger::project::is_on;
using gauger::project::parse_env_file;
using gauger::project::read_env_file;
using gauger::project::Settings;
using gauger::project::Variables;

namespace {

Variables parsed(std::string_view text) {
  auto variables = parse_env_file(text, ".env");
  REQUIRE(variables.has_value());
  return *std::move(variables);
}

}  // namespace

TEST_CASE("project::parse_env_file reads what python-dotenv reads") {
  CHECK(parsed("A=1\nB = two words \r\nexport C=3\n") ==
        Variables{{"A", "1"}, {"B", "two words"}, {"C", "3"}});
  CHECK(parsed("# c\n\n  A=x # c\nB=x#y\nC=#z\nD=\n") ==
        Variables{{"A", "x"}, {"B", "x#y"}, {"C", "#z"}, {"D", ""}});
  CHECK(parsed(R"(A="a\nb\"c\\d\qe" # c)") == Variables{{"A", "a\nb\"c\\d\\qe"}});
  CHECK(parsed(R"(A='a\nb\'c\\d')") == Variables{{"A", "a\\nb'c\\d"}});
  CHECK(parsed("A=\"x\ny\"\nB='z'") == Variables{{"A", "x\ny"}, {"B", "z"}});
  CHECK(parsed("\xEF\xBB\xBF"
               "A=1\nA=2\nONLY\nexport\n") == Variables{{"A", "2"}});
}

TEST_CASE("project::parse_env_file puts nothing in and runs nothing") {
  CHECK(parsed("A=$(rm -rf /)\nB=${A}\nC=`id`\nD=\"$A\"\n") ==
        Variables{{"A", "$(rm -rf /)"}, {"B", "${A}"}, {"C", "`id`"}, {"D", "$A"}});
}

TEST_CASE("project::parse_env_file tells the place but not the secret") {
  for (const std::string_view text :
       {"A=1\nB='hunter2\n", "A=1\nhunter2!\n", "A=1\nB='x' hunter2\n", "A=1\n=hunter2\n"}) {
    CAPTURE(text);
    const auto variables = parse_env_file(text, ".env");
    REQUIRE_FALSE(variables.has_value());
    CHECK(variables.error().position.line == 2);
    CHECK(variables.error().message.find("hunter2") == std::string::npos);
  }
  CHECK_FALSE(parse_env_file("A=\xFF", ".env").has_value());
  CHECK_FALSE(parse_env_file(std::string_view("A=\0", 3), ".env").has_value());
}

TEST_CASE("project::read_env_file misses only a file that was named") {
  const gauger::tests::TemporaryFolder folder({{"ci.env", "A=1\n"}});
  DatabaseSettings database;
  database.env_file = folder.at(".env");
  CHECK(read_env_file(database).value() == Variables{});
  database.env_file_required = true;
  CHECK_FALSE(read_env_file(database).has_value());
  database.env_file = folder.at("ci.env");
  CHECK(read_env_file(database).value() == Variables{{"A", "1"}});
}

TEST_CASE("project::find_variable prefers the environment, also where it is set to nothing") {
  const Variables environment{{"A", "1"}, {"B", ""}};
  const Variables file{{"A", "2"}, {"B", "2"}, {"C", "2"}};
  CHECK(find_variable("A", environment, file) == "1");
  CHECK(find_variable("B", environment, file) == std::nullopt);
  CHECK(find_variable("C", environment, file) == "2");
  CHECK(find_variable("D", environment, file) == std::nullopt);
}

TEST_CASE("project::base_reference goes by flag, environment, .env, configuration, CI") {
  Settings settings;
  Variables environment{{"GITHUB_BASE_REF", "develop"}};
  const auto base = [&](const std::optional<std::string>& flag, const Variables& file = {}) {
    const BaseReference reference = base_reference(flag, settings, environment, file);
    return reference.name + " by " + reference.source;
  };
  CHECK(base(std::nullopt) == "origin/develop by GITHUB_BASE_REF");
  settings.pull_request.base = "origin/next";
  CHECK(base(std::nullopt) == "origin/next by pull-request.base");
  CHECK(base(std::nullopt, {{"MIGRATION_BASE_REF", "x"}}) == "x by MIGRATION_BASE_REF");
  environment["MIGRATION_BASE_REF"] = "y";
  CHECK(base(std::nullopt, {{"MIGRATION_BASE_REF", "x"}}) == "y by MIGRATION_BASE_REF");
  CHECK(base("z") == "z by --base");
  environment = {{"GITHUB_BASE_REF", ""}, {"SYSTEM_PULLREQUEST_TARGETBRANCH", "refs/heads/a/b"}};
  settings.pull_request.base.reset();
  CHECK(base(std::nullopt) == "origin/a/b by SYSTEM_PULLREQUEST_TARGETBRANCH");
  environment.clear();
  CHECK(base(std::nullopt) == "origin/main by default");
}

TEST_CASE("project::dsn_variables begins with the prefix") {
  Settings settings;
  settings.environment_prefix = "DYLEN";
  settings.database.dsn_environment = {"DATABASE_URL", "DYLEN_PG_DSN"};
  CHECK(dsn_variables(settings) == std::vector<std::string>{"DYLEN_PG_DSN", "DATABASE_URL"});
  CHECK(is_on("Yes"));
  CHECK_FALSE(is_on("0"));
  CHECK_FALSE(is_on(std::nullopt));
}
