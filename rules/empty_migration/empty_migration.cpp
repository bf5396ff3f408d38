#include "rules/empty_migration/empty_migration.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace gauger::rules {

using python::Node;
using python::NodeKind;

namespace {

// `raise` is an answer too: the author forbids the step.
bool raises(const Node& function) {
  const Node& body = function.child(1);
  return std::any_of(body.children.begin(), body.children.end(),
                     [](const Node* statement) { return statement->kind == NodeKind::raise; });
}

// `branch_labels = ("accounts",)`: the revision is there to begin a branch.
bool has_branch_label(const migration::Migration& migration) {
  const std::string_view text = migration.module->text;
  const python::Statement* labels = migration.outline.find(text, "branch_labels");
  if (labels == nullptr || labels->value.empty()) {
    return false;
  }
  const std::string_view value =
      text.substr(labels->value.begin, labels->value.end - labels->value.begin);
  return value.find_first_not_of("()[]{}'\" \t\r\n,") != std::string_view::npos && value != "None";
}

// What it does, it does on another database than PostgreSQL.
bool is_for_another_dialect(const migration::Migration& migration, const Node& function) {
  const std::string_view text =
      std::string_view(migration.module->text)
          .substr(function.span.begin, function.span.end - function.span.begin);
  const auto has = [&](std::string_view each) { return text.find(each) != std::string_view::npos; };
  constexpr std::array asks = {".dialect", "engine.name", "engine.url", ".drivername",
                               "get_backend_name"};
  constexpr std::array others = {"mysql", "mariadb", "sqlite", "oracle", "mssql"};
  return std::any_of(asks.begin(), asks.end(), has) &&
         std::any_of(others.begin(), others.end(), has);
}

std::vector<engine::Report> check_empty_migration(const engine::RuleContext& context) {
  const migration::Migration& migration = context.migration;
  if (context.is_merge || migration.upgrade_acts || has_branch_label(migration)) {
    return {};
  }
  engine::Report report;
  report.module = migration.module.get();
  if (!migration.has_upgrade) {
    report.message = "the file has no upgrade(), and Alembic fails when it comes to this revision";
    report.help = "add `def upgrade() -> None:` with the revision's operations";
    return {report};
  }
  if (migration.upgrade_function == nullptr ||
      (raises(*migration.upgrade_function) && !migration.upgrade_is_async)) {
    return {};
  }
  report.span = migration.upgrade_function->span;
  if (const python::Statement* statement =
          migration.outline.find(migration.module->text, "upgrade")) {
    report.span = statement->header;
  }
  if (migration.upgrade_is_async) {
    report.message = "upgrade() is a coroutine, which Alembic does not await: it does nothing";
    report.help = "write `def upgrade()`; env.py runs it in a connection that is synchronous";
    return {report};
  }
  if (is_for_another_dialect(migration, *migration.upgrade_function)) {
    return {};
  }
  report.message = "upgrade() does nothing";
  report.help = "delete the file, or say that it is meant to be empty: # empty: allow <reason>";
  return {report};
}

}  // namespace

const engine::Rule empty_migration{
    .info = {.id = "empty-migration",
             .severity = finding::Severity::error,
             .summary = "The revision's `upgrade()` does nothing.",
             .explanation =
                 "An empty revision is most often an autogenerate run that found no difference, "
                 "because the models were not imported or the database was not at head. It stays "
                 "in the history for ever.\n\n"
                 "Grant it with `# empty: allow` and a reason. A merge revision is exempt: it is "
                 "empty by nature, and check-linear-history has its say about it."},
    .tag = engine::TagKind::empty,
    .claim = {engine::ClaimKind::nothing},
    .check = check_empty_migration};

}  // namespace gauger::rules
