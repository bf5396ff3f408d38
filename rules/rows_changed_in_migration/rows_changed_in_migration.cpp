#include "rules/rows_changed_in_migration/rows_changed_in_migration.hpp"

#include <fmt/format.h>

namespace gauger::rules {

using migration::Operation;

namespace {

std::vector<engine::Report> check_rows_changed_in_migration(
    const engine::StatementContext& context) {
  std::vector<engine::Report> reports;
  for (std::size_t i = 0; i < context.operations.size(); ++i) {
    const Operation& operation = context.operations[i];
    const bool writes = operation.is<migration::Insert>() || operation.is<migration::Update>() ||
                        operation.is<migration::Delete>();
    if (writes && context.is_old(i)) {
      reports.push_back({.operation = &operation,
                         .message = fmt::format("rows of {} are written by the migration",
                                                migration::display(operation.table)),
                         .help =
                             "a script in the folder of the seeds, or a job, can be stopped and "
                             "begun again"});
    }
  }
  return reports;
}

}  // namespace

const engine::Rule rows_changed_in_migration{
    .info = {.id = "rows-changed-in-migration",
             .severity = finding::Severity::warning,
             .summary = "A revision writes rows of a table that is in use.",
             .explanation = "How many rows that is, and how long it takes, is not to be seen in "
                            "the revision; it runs in the middle of a deployment, in a "
                            "transaction.\n\n"
                            "Move the rows by a script that can be stopped and begun again. Off "
                            "by default: many teams move a few rows in migrations, and rightly.",
             .enabled_by_default = false},
    .claim = {engine::ClaimKind::effect,
              effect::Lock::row_exclusive,
              {effect::WorkKind::row_change}},
    .check_statement = check_rows_changed_in_migration};

}  // namespace gauger::rules
