#include "rules/statement_fails/statement_fails.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "catalog/names.hpp"
#include "engine/advice.hpp"

namespace gauger::rules {

using migration::Operation;

namespace {

// Which table an unqualified name is, the catalog does not know then.
bool leaves_search_path(const Operation& operation) {
  const auto* set = operation.as<migration::SetParameter>();
  return set != nullptr && (set->name == "search_path" || set->name == "all");
}

// A failure there may be what the migration expects.
bool is_certain(const Operation& operation) { return !operation.may_run && !operation.attempted; }

// The default goes before the change of the type, and comes after it.
std::string without_default(const Operation& operation, const migration::ChangeType& change) {
  const auto directive = [&](migration::Action action) {
    return engine::directive({.action = std::move(action), .table = operation.table});
  };
  return fmt::format("{}\n{}\n{}", directive(migration::SetDefault{.column = change.column}),
                     engine::directive(operation),
                     directive(migration::SetDefault{
                         .column = change.column,
                         .value = {{.kind = migration::DefaultKind::expression, .text = "…"}}}));
}

std::string help(const engine::StatementContext& statement) {
  const std::string& failure = statement.effect.failure->message;
  for (const Operation& operation : statement.operations) {
    const auto* change = operation.as<migration::ChangeType>();
    if (change != nullptr && failure.starts_with("default for column")) {
      return without_default(operation, *change);
    }
    if (change == nullptr || !change->using_.empty()) {
      continue;
    }
    Operation with_using = operation;
    auto cast = *change;
    cast.using_ =
        fmt::format("{}::{}", catalog::quote_identifier(change->column.text), change->type.text);
    with_using.action = std::move(cast);
    return engine::directive(with_using);
  }
  return "`gauger smoke --mode fresh` runs it on a database of its own";
}

// What an older server does not know, whatever the schema is.
std::vector<engine::Report> too_new(const engine::StatementContext& statement) {
  const int version = statement.session.postgres_version;
  return {{.operation = &statement.operations.front(),
           .message = fmt::format("PostgreSQL {} refuses this: {}", version,
                                  statement.effect.failure->message),
           .help = fmt::format("postgres-version = {} in the configuration is the oldest server in "
                               "use: raise it when that is replaced",
                               version)}};
}

std::vector<engine::Report> check_statement_fails(const engine::StatementContext& statement) {
  const auto& failure = statement.effect.failure;
  const std::vector<Operation>& upgrade = statement.revision.migration.upgrade;
  if (!failure ||
      !std::all_of(statement.operations.begin(), statement.operations.end(), is_certain)) {
    return {};
  }
  if (failure->kind == effect::FailureKind::on_older_server) {
    return statement.revision.settings.postgres_version_said ? too_new(statement)
                                                             : std::vector<engine::Report>();
  }
  if (failure->kind != effect::FailureKind::always || !statement.before.complete ||
      std::any_of(upgrade.begin(), upgrade.end(), leaves_search_path)) {
    return {};
  }
  return {{.operation = &statement.operations.front(),
           .message = fmt::format("PostgreSQL refuses this: {}", failure->message),
           .help = help(statement)}};
}

}  // namespace

const engine::Rule statement_fails{
    .info = {.id = "statement-fails",
             .severity = finding::Severity::error,
             .summary = "PostgreSQL refuses the statement, whatever is in the tables.",
             .explanation =
                 "The schema that the revisions below leave, or the transaction that the statement "
                 "runs in, does not allow it: a type that is not cast by itself, a table that is "
                 "there already or that a foreign key needs, VACUUM in a transaction. The upgrade "
                 "stops there, and what was committed before stays.\n\n"
                 "Silent where another rule says so in its own words."},
    .claim = {engine::ClaimKind::failure},
    .check_statement = check_statement_fails,
    .unless_said = true};

}  // namespace gauger::rules
