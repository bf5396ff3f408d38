#include "rules/constraint_unnamed/constraint_unnamed.hpp"

#include <fmt/format.h>

namespace gauger::rules {

using migration::Operation;

namespace {

std::vector<engine::Report> check_constraint_unnamed(const engine::StatementContext& context) {
  std::vector<engine::Report> reports;
  for (const Operation& operation : context.operations) {
    const auto* add = operation.as<migration::AddConstraint>();
    if (add == nullptr || !add->constraint.name.absent() ||
        add->constraint.kind == migration::ConstraintKind::not_null) {
      continue;
    }
    reports.push_back({.operation = &operation,
                       .message = fmt::format("a constraint of {} is added without a name",
                                              migration::display(operation.table)),
                       .help = "give it the name by which a later revision can drop it"});
  }
  return reports;
}

}  // namespace

const engine::Rule constraint_unnamed{
    .info = {.id = "constraint-unnamed",
             .severity = finding::Severity::warning,
             .summary = "A constraint is added without a name, and its name is then what each "
                        "database makes of it.",
             .explanation = "Without a name PostgreSQL makes one up from the table and columns, "
                            "with a number behind it where that is taken. A later revision has to "
                            "know it to drop the constraint.\n\n"
                            "Name it, or give `MetaData` a `naming_convention`, which names it as "
                            "well. Off by default, since a convention is not seen here.",
             .enabled_by_default = false},
    .claim = {engine::ClaimKind::nothing},
    .check_statement = check_constraint_unnamed};

}  // namespace gauger::rules
