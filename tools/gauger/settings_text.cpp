#include "tools/gauger/settings_text.hpp"

#include <string_view>

#include <fmt/format.h>

#include "base/escape.hpp"
#include "base/utf8.hpp"

namespace gauger::tools {
namespace {

// A basic string of TOML. Bytes that are no UTF-8 cannot be written in TOML at all and become "?".
std::string toml_string(std::string_view text) {
  std::string result = "\"";
  for (std::size_t i = 0; i < text.size();) {
    const base::CodePoint point = base::decode_utf8(text, i);
    if (!point.valid) {
      result += '?';
    } else if (point.value == U'"' || point.value == U'\\') {
      result += '\\';
      result += text[i];
    } else if (base::is_unsafe(point.value)) {
      result += fmt::format("\\U{:08X}", static_cast<unsigned>(point.value));
    } else {
      result.append(text.substr(i, point.size));
    }
    i += point.size;
  }
  return result + '"';
}

std::string list(const std::vector<std::string>& items) {
  std::string result = "[";
  for (const std::string& item : items) {
    result += result.size() > 1 ? ", " : "";
    result += toml_string(item);
  }
  return result + "]";
}

std::string top(const InitialSettings& settings) {
  std::string text =
      "# Settings of Gauger, written by `gauger init`. Each has a default, which is what the\n"
      "# comments show; `gauger doctor` says what is in use.\n";
  if (settings.alembic) {
    text += fmt::format(
        "\n# Alembic's own configuration.\n"
        "alembic = {}\n",
        toml_string(*settings.alembic));
  }
  text +=
      "\n# The files that define the tables: a pull request that changes a table in them needs a\n"
      "# migration (pr-migration-count).\n";
  text += settings.schema_paths.empty()
              ? "# schema-paths = [\"app/models/**/*.py\"]  # none were found\n"
              : fmt::format("schema-paths = {}\n", list(settings.schema_paths));
  return text +
         "\n# The folder of the seed scripts.\n"
         "# seeds = \"scripts/seeds\"\n"
         "\n# The code that runs at startup, where no migration may be run\n"
         "# (migration-lint --application).\n"
         "# startup-paths = []\n"
         "\n# What the names of Gauger's environment variables begin with, as in GAUGER_PG_DSN.\n"
         "# environment-prefix = \"GAUGER\"\n";
}

std::string lint(const InitialSettings& settings) {
  std::string text = "\n[lint]\n";
  text += settings.baseline
              ? fmt::format(
                    "# This revision and its ancestors have been applied and are not looked at.\n"
                    "baseline = {}\n",
                    toml_string(*settings.baseline))
              : "# A revision: it and its ancestors are not looked at.\n"
                "# baseline = \"\"\n";
  text +=
      "\n# The major of the oldest PostgreSQL that the migrations run on.\n"
      "# postgres-version = 14\n"
      "\n# What a tag covers: its \"statement\", or the whole \"file\".\n"
      "# tag-scope = \"statement\"\n"
      "\n# Whether a tag such as `# destructive: approved` needs a reason after it.\n"
      "# require-reason = false\n"
      "\n# Helpers that stand for an operation of Alembic, such as guarded_drop_column =\n"
      "# \"drop_column\".\n"
      "# wrappers = {}\n"
      "\n# Rules to leave out.\n"
      "# ignore = []\n";
  if (!settings.optional_rules.empty()) {
    text += "\n# Rules that are off unless they are selected:\n";
    std::vector<std::string> all{"default"};
    for (const finding::RuleInfo& rule : settings.optional_rules) {
      text += fmt::format("#   {}: {}\n", rule.id, rule.summary);
      all.emplace_back(rule.id);
    }
    text += fmt::format("# select = {}\n", list(all));
  }
  return text;
}

std::string history(const InitialSettings& settings) {
  std::string text = "\n[history]\n";
  text +=
      settings.baseline
          ? fmt::format(
                "# The rules of history (one chain, in the order of the Create Dates) hold after "
                "this\n# revision.\n"
                "baseline = {}\n",
                toml_string(*settings.baseline))
          : "# A revision: the rules of history hold after it.\n"
            "# baseline = \"\"\n";
  text +=
      "\n# Whether merge revisions are allowed.\n"
      "# allow-merges = false\n"
      "\n# Branch labels that may each have a head of their own.\n";
  text += settings.branches.empty() ? "# branches = []\n"
                                    : fmt::format("branches = {}\n", list(settings.branches));
  return text +
         "\n# Revisions that live in another installed package.\n"
         "# external = []\n";
}

}  // namespace

std::string settings_text(const InitialSettings& settings) {
  return top(settings) + lint(settings) + history(settings) +
         "\n[pull-request]\n"
         "# What a pull request is compared with (default: what the CI says, else origin/main).\n"
         "# base = \"origin/main\"\n"
         "\n# How many migrations it may bring when it changes tables, and how many it has to.\n"
         "# max-migrations = 1\n"
         "# min-migrations = 1\n"
         "\n[database]\n"
         "# The command that runs the project's Python (default: found from uv, poetry or "
         ".venv).\n" +
         fmt::format("# python = {}\n", settings.python.empty() ? R"(["uv", "run", "python"])"
                                                                : list(settings.python)) +
         "\n# Where the live checks make their databases: on a \"private\" server of their own, or "
         "in "
         "the\n# \"environment\", beside the database of the DSN.\n"
         "# scratch = \"private\"\n"
         "\n# A file of NAME=value lines for what the environment does not set.\n"
         "# env-file = \".env\"\n"
         "\n# The variables that hold a DSN: read, and set for the project's own code.\n"
         "# dsn-environment = [\"GAUGER_PG_DSN\"]\n"
         "\n# Further variables for the project's own code.\n"
         "# environment = {}\n"
         "\n[drift]\n"
         "# Differences between models, migrations and database that are known.\n"
         "# allow = []\n"
         "# ignore-tables = []\n"
         "\n# Rows that have to be there, one [[seed-data]] for each table:\n"
         "# [[seed-data]]\n"
         "# table = \"roles\"\n"
         "# key = \"name\"\n"
         "# required = [{ name = \"admin\" }]\n";
}

}  // namespace gauger::tools
