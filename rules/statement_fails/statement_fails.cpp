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

std::string help(const engine::StatementContext& statement) {
  for (const Operation& operation : statement.operations) {
    const auto* change = operation.as<migration::ChangeType>();
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

std::vector<engine::Report> check_statement_fails(const engine::StatementContext& statement) {
  const auto& failure = statement.effect.failure;
  const std::vector<Operation>& upgrade = statement.revision.migration.upgrade;
  if (!failure || failure->kind != effect::FailureKind::always || !statement.before.complete ||
      !std::all_of(statement.operations.begin(), statement.operations.end(), is_certain) ||
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
