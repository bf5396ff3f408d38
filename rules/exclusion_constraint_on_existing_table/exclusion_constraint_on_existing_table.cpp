#include "rules/exclusion_constraint_on_existing_table/exclusion_constraint_on_existing_table.hpp"

#include <fmt/format.h>

#include "engine/advice.hpp"

namespace gauger::rules {

using migration::Operation;

namespace {

std::vector<engine::Report> check_exclusion_constraint_on_existing_table(
    const engine::StatementContext& statement) {
  std::vector<engine::Report> reports;
  for (const Operation& operation : statement.operations) {
    const auto* add = operation.as<migration::AddConstraint>();
    const catalog::Table* table = statement.old_table(operation.table);
    if (add == nullptr || add->constraint.kind != migration::ConstraintKind::exclude ||
        table == nullptr || statement.work(effect::WorkKind::index_build).empty()) {
      continue;
    }
    reports.push_back(
        {.operation = &operation,
         .message = fmt::format("{} builds its index while reads and writes of {} are blocked "
                                "(ACCESS EXCLUSIVE lock)",
                                engine::named("exclusion constraint", add->constraint),
                                catalog::display(table->name)),
         .help = "PostgreSQL has no form that does without the lock: neither NOT VALID nor USING "
                 "INDEX. Make a table that has the constraint from its beginning, copy the rows in "
                 "batches and switch over; or, where the table is small, grant it:\n"
                 "# gauger: ignore[exclusion-constraint-on-existing-table] <reason>"});
  }
  return reports;
}

}  // namespace

const engine::Rule exclusion_constraint_on_existing_table{
    .info = {.id = "exclusion-constraint-on-existing-table",
             .severity = finding::Severity::error,
             .summary = "An exclusion constraint is added to an existing table and builds its "
                        "index under the lock.",
             .explanation =
                 "ADD CONSTRAINT … EXCLUDE takes ACCESS EXCLUSIVE and builds the index under it: "
                 "nobody can read or write the table meanwhile. It has neither NOT VALID nor USING "
                 "INDEX.\n\n"
                 "A table that is made with the constraint is empty and needs no care."},
    .claim = {engine::ClaimKind::effect,
              effect::Lock::access_exclusive,
              {effect::WorkKind::index_build}},
    .check_statement = check_exclusion_constraint_on_existing_table};

}  // namespace gauger::rules
