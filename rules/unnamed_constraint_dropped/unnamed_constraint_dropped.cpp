#include "rules/unnamed_constraint_dropped/unnamed_constraint_dropped.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>

#include <fmt/format.h>

namespace gauger::rules {

using migration::Operation;

namespace {

// Whether the call is `….drop_constraint(None, …)`.
bool gives_none(const eval::Place& call) {
  constexpr std::string_view name = "drop_constraint(";
  std::string_view text = call.module->text;
  text = text.substr(call.span.begin, call.span.end - call.span.begin);
  const std::size_t at = text.find(name);
  if (at == std::string_view::npos) {
    return false;
  }
  text.remove_prefix(at + name.size());
  text.remove_prefix(std::min(text.find_first_not_of(" \n\t"), text.size()));
  return text.starts_with("None,") || text.starts_with("None)");
}

std::vector<engine::Report> check_unnamed_constraint_dropped(
    const engine::StatementContext& context) {
  std::vector<engine::Report> reports;
  for (const Operation& operation : context.operations) {
    const auto* drop = operation.as<migration::DropConstraint>();
    // A naming convention can name a primary key without knowing its columns.
    if (drop == nullptr || operation.from_sql || !gives_none(operation.sites.back()) ||
        drop->kind == migration::ConstraintKind::primary_key) {
      continue;
    }
    reports.push_back(
        {.operation = &operation,
         .message =
             fmt::format("the constraint of {} that is dropped has no name here, and Alembic "
                         "refuses to drop it",
                         migration::display(operation.table)),
         .help = "write the name that it has in the database (`\\d` of psql shows it)"});
  }
  return reports;
}

}  // namespace

const engine::Rule unnamed_constraint_dropped{
    .info = {.id = "unnamed-constraint-dropped",
             .severity = finding::Severity::error,
             .summary = "A constraint is dropped without its name, which Alembic refuses.",
             .explanation =
                 "Autogenerate writes `op.drop_constraint(None, …)` where it does not "
                 "know a constraint's name. Alembic raises \"Can't emit DROP "
                 "CONSTRAINT for constraint; it has no name\" when the revision runs.\n\n"
                 "Write the name that the constraint has in the database, and give "
                 "`MetaData` a `naming_convention`, so that there is one from the "
                 "beginning."},
    .claim = {engine::ClaimKind::failure},
    .check_statement = check_unnamed_constraint_dropped};

}  // namespace gauger::rules
