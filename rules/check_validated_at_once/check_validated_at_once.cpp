#include "rules/check_validated_at_once/check_validated_at_once.hpp"

#include <fmt/format.h>

#include "engine/advice.hpp"
#include "engine/fixes.hpp"

namespace gauger::rules {

using migration::Operation;

namespace {

std::vector<engine::Report> check_check_validated_at_once(
    const engine::StatementContext& statement) {
  std::vector<engine::Report> reports;
  for (const Operation& operation : statement.operations) {
    const auto* add = operation.as<migration::AddConstraint>();
    const catalog::Table* table = statement.old_table(operation.table);
    if (add == nullptr || add->constraint.kind != migration::ConstraintKind::check ||
        add->constraint.not_valid || add->constraint.not_enforced || table == nullptr ||
        statement.work(effect::WorkKind::scan).empty()) {
      continue;
    }
    reports.push_back(
        {.operation = &operation,
         .message = fmt::format("{} reads all of {} while reads and writes of it are blocked "
                                "(ACCESS EXCLUSIVE lock)",
                                engine::named("check constraint", add->constraint),
                                catalog::display(table->name)),
         .help = fmt::format("{}{}{}", engine::column_first(operation),
                             engine::add_then_validate(operation),
                             engine::block_note(operation, statement.revision)),
         .fix = engine::not_valid(operation, statement.revision)});
  }
  return reports;
}

}  // namespace

const engine::Rule check_validated_at_once{
    .info = {.id = "check-validated-at-once",
             .severity = finding::Severity::error,
             .summary = "A CHECK constraint is added to an existing table and checks all its rows "
                        "at once.",
             .explanation =
                 "ADD CONSTRAINT … CHECK takes ACCESS EXCLUSIVE and reads the whole table under "
                 "it; nobody can read or write the table meanwhile.\n\n"
                 "With `postgresql_not_valid=True` it is brief, and new rows are checked. `ALTER "
                 "TABLE … VALIDATE CONSTRAINT`, in a transaction of its own, checks the old rows "
                 "while reads and writes go on.",
             .fixable = true},
    .claim = {engine::ClaimKind::effect, effect::Lock::access_exclusive, {effect::WorkKind::scan}},
    .check_statement = check_check_validated_at_once};

}  // namespace gauger::rules
