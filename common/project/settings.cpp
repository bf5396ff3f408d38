#include "project/settings.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "project/seed_data.hpp"
#include "project/table_reader.hpp"

namespace gauger::project {
namespace {

std::optional<std::vector<std::string>> strings(const TomlArray& array) {
  std::vector<std::string> items;
  for (const TomlValue& item : array) {
    if (item.text() == nullptr) {
      return std::nullopt;
    }
    items.push_back(*item.text());
  }
  return items;
}

std::optional<OptionValue> option_value(const TomlValue& value) {
  if (const bool* boolean = std::get_if<bool>(&value.value)) {
    return *boolean;
  }
  if (const std::int64_t* integer = std::get_if<std::int64_t>(&value.value)) {
    return *integer;
  }
  if (const double* real = std::get_if<double>(&value.value)) {
    return *real;
  }
  if (value.text() != nullptr) {
    return *value.text();
  }
  if (value.array() != nullptr) {
    if (auto items = strings(*value.array())) {
      return *std::move(items);
    }
  }
  return std::nullopt;
}

void read_rule(const TomlMember& rule, LintSettings& lint, Problems& problems) {
  TableReader reader(*rule.value.table(), "lint." + rule.key, problems);
  lint.positions[rule.key] = rule.position;
  OptionTable& options = lint.rules[rule.key];
  for (const TomlMember& member : *rule.value.table()) {
    if (auto value = option_value(member.value)) {
      options.emplace(member.key, *std::move(value));
      lint.positions[fmt::format("{}.{}", rule.key, member.key)] = member.position;
    } else {
      reader.refuse(member, "true or false, a number, a string or a list of strings");
    }
  }
}

void read_lint(const TomlTable& table, LintSettings& lint, Problems& problems) {
  TableReader reader(table, "lint", problems);
  reader.read("select", lint.select);
  reader.read("ignore", lint.ignore);
  reader.read("baseline", lint.baseline);
  if (const auto choice = reader.read_choice("tag-scope", {"statement", "file"})) {
    lint.tag_scope = *choice == 0 ? TagScope::statement : TagScope::file;
  }
  reader.read("require-reason", lint.require_reason);
  int version = 0;
  reader.read("postgres-version", version, 9, 99);
  if (version != 0) {
    lint.postgres_version = version;
    lint.postgres_version_said = true;
  }
  reader.read("wrappers", lint.wrappers);
  std::vector<const TomlMember*> unknown;
  for (const TomlMember* member : reader.rest()) {
    if (member->value.table() != nullptr) {
      read_rule(*member, lint, problems);
    } else {
      unknown.push_back(member);
    }
  }
  reader.refuse_unknown(unknown);
}

void read_history(const TomlTable& table, HistorySettings& history, Problems& problems) {
  TableReader reader(table, "history", problems);
  reader.read("baseline", history.baseline);
  reader.read("allow-merges", history.allow_merges);
  reader.read("branches", history.branches);
  reader.read("external", history.external);
  reader.refuse_rest();
}

void read_pull_request(const TomlTable& table, PullRequestSettings& settings, Problems& problems) {
  TableReader reader(table, "pull-request", problems);
  constexpr int most = 1'000'000;
  reader.read("base", settings.base);
  reader.read("max-migrations", settings.max_migrations, 0, most);
  reader.read("min-migrations", settings.min_migrations, 0, most);
  reader.refuse_rest();
  if (settings.min_migrations > settings.max_migrations && !table.empty()) {
    problems.add(table.front().position,
                 fmt::format("'pull-request.min-migrations' ({}) is more than "
                             "'pull-request.max-migrations' ({})",
                             settings.min_migrations, settings.max_migrations));
  }
}

// A list, or a string such as "uv run python" that is split at its blanks.
void read_command(TableReader& reader, std::vector<std::string>& command) {
  reader.read_one_or_more("python", command);
  const TomlMember* member = reader.find("python");
  if (member == nullptr || member->value.text() == nullptr) {
    return;
  }
  const std::string text = *member->value.text();
  command.clear();
  for (std::size_t begin = text.find_first_not_of(' '); begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    command.push_back(text.substr(begin, end - begin));
    begin = text.find_first_not_of(' ', end);
  }
}

void read_database(const TomlTable& table, DatabaseSettings& database, Problems& problems) {
  TableReader reader(table, "database", problems);
  if (const auto choice = reader.read_choice("scratch", {"private", "environment"})) {
    database.scratch = *choice == 0 ? ScratchKind::private_server : ScratchKind::environment;
  }
  reader.read("env-file", database.env_file);
  reader.read("dsn-environment", database.dsn_environment);
  read_command(reader, database.python);
  reader.read("environment", database.environment);
  reader.refuse_rest();
}

void read_drift(const TomlTable& table, DriftSettings& drift, Problems& problems) {
  TableReader reader(table, "drift", problems);
  reader.read("ignore-tables", drift.ignore_tables);
  if (const TomlArray* allow = reader.find_array("allow")) {
    for (const TomlValue& item : *allow) {
      DriftAllowance allowance;
      if (item.text() != nullptr) {
        allowance.token = *item.text();
      } else if (item.table() != nullptr) {
        TableReader entry(*item.table(), "drift.allow", problems);
        entry.read("token", allowance.token);
        entry.read("kind", allowance.kind);
        entry.read("object", allowance.object);
        entry.refuse_rest();
      }
      // An empty token would be a substring of every difference.
      if (allowance.token.empty() && allowance.kind.empty() && allowance.object.empty()) {
        problems.add(item.position,
                     "an entry of 'drift.allow' must be a token or a table with kind and object");
      }
      drift.allow.push_back(std::move(allowance));
    }
  }
  reader.refuse_rest();
}

void read_prefix(TableReader& reader, Settings& settings, Problems& problems) {
  reader.read("environment-prefix", settings.environment_prefix);
  const std::string& prefix = settings.environment_prefix;
  const TomlMember* member = reader.find("environment-prefix");
  if (member == nullptr || (is_identifier(prefix) && !prefix.ends_with('_'))) {
    return;
  }
  problems.add(member->value.position,
               "'environment-prefix' must be letters, digits and '_', not begin with a digit and "
               "not end in '_'",
               "with \"SHOP\" the variables are SHOP_PG_DSN and so on");
}

}  // namespace

bool is_identifier(std::string_view text) {
  const auto is_letter = [](char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_';
  };
  return !text.empty() && is_letter(text.front()) &&
         std::all_of(text.begin(), text.end(),
                     [&](char byte) { return is_letter(byte) || (byte >= '0' && byte <= '9'); });
}

base::Result<Settings> read_settings(const TomlTable& table, const std::string& path) {
  Problems problems(path);
  Settings settings;
  TableReader reader(table, "", problems);
  reader.read("alembic", settings.alembic);
  reader.read_one_or_more("schema-paths", settings.schema_paths);
  reader.read("seeds", settings.seeds);
  reader.read_one_or_more("startup-paths", settings.startup_paths);
  read_prefix(reader, settings, problems);
  if (const TomlTable* lint = reader.find_table("lint")) {
    read_lint(*lint, settings.lint, problems);
  }
  if (const TomlTable* history = reader.find_table("history")) {
    read_history(*history, settings.history, problems);
  }
  if (const TomlTable* pull_request = reader.find_table("pull-request")) {
    read_pull_request(*pull_request, settings.pull_request, problems);
  }
  if (const TomlTable* database = reader.find_table("database")) {
    read_database(*database, settings.database, problems);
  }
  if (const TomlTable* drift = reader.find_table("drift")) {
    read_drift(*drift, settings.drift, problems);
  }
  if (const TomlMember* seed_data = reader.find("seed-data")) {
    settings.seed_data = read_seed_data(seed_data->value, problems);
  }
  reader.refuse_rest();
  if (problems.first()) {
    return base::failure(*problems.first());
  }
  return settings;
}

}  // namespace gauger::project
