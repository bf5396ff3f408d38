#include "rules/foreign_key_validated_at_once/foreign_key_validated_at_once.hpp"

#include <fmt/format.h>

#include "effect/lookup.hpp"
#include "engine/advice.hpp"
#include "engine/fixes.hpp"

namespace gauger::rules {

using migration::Operation;

namespace {

constexpr int first_with_partitioned_not_valid = 18;

std::string help_for(const Operation& add, const catalog::Table& table, int version) {
  if (effect::is_partitioned(table) && version < first_with_partitioned_not_valid) {
    return "before PostgreSQL 18 a partitioned table has no NOT VALID foreign key: add one with "
           "postgresql_not_valid=True to each partition, validate those, and then add the "
           "partitioned table's, which takes them for its own";
  }
  return fmt::format("{}{}", engine::column_first(add), engine::add_then_validate(add));
}

std::vector<engine::Report> check_foreign_key_validated_at_once(
    const engine::StatementContext& statement) {
  std::vector<engine::Report> reports;
  for (const Operation& operation : statement.operations) {
    const auto* add = operation.as<migration::AddConstraint>();
    const catalog::Table* table = statement.old_table(operation.table);
    if (add == nullptr || add->constraint.kind != migration::ConstraintKind::foreign_key ||
        add->constraint.not_valid || table == nullptr ||
        statement.work(effect::WorkKind::foreign_key_scan).empty()) {
      continue;
    }
    const catalog::Table* referenced = statement.old_table(add->constraint.referenced);
    const std::string others = referenced == nullptr || referenced == table
                                   ? std::string()
                                   : " and " + catalog::display(referenced->name);
    reports.push_back(
        {.operation = &operation,
         .message =
             fmt::format("{} checks every row of {} while writes to {}{} are blocked (SHARE "
                         "ROW EXCLUSIVE lock)",
                         engine::named("foreign key", add->constraint),
                         catalog::display(table->name), catalog::display(table->name), others),
         .help =
             help_for(operation, *table, statement.session.postgres_version) +
             (effect::is_partitioned(*table) ? std::string()
                                             : engine::block_note(operation, statement.revision)),
         .fix = effect::is_partitioned(*table) ? std::vector<base::Edit>{}
                                               : engine::not_valid(operation, statement.revision)});
  }
  return reports;
}

}  // namespace

const engine::Rule foreign_key_validated_at_once{
    .info = {.id = "foreign-key-validated-at-once",
             .severity = finding::Severity::error,
             .summary = "A foreign key is added to an existing table and checks all its rows at "
                        "once.",
             .explanation =
                 "ADD FOREIGN KEY takes SHARE ROW EXCLUSIVE on both tables and looks every row up "
                 "in the referenced one; nobody can write to either meanwhile.\n\n"
                 "With `postgresql_not_valid=True` it is brief, and new rows are checked. `ALTER "
                 "TABLE … VALIDATE CONSTRAINT`, in a transaction of its own, checks the old rows "
                 "while writes go on.",
             .fixable = true},
    .claim = {engine::ClaimKind::effect,
              effect::Lock::share_row_exclusive,
              {effect::WorkKind::foreign_key_scan}},
    .check_statement = check_foreign_key_validated_at_once};

}  // namespace gauger::rules
