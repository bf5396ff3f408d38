#include "rules/foreign_key_dropped_with_lock/foreign_key_dropped_with_lock.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "effect/lookup.hpp"
#include "engine/advice.hpp"
#include "engine/timeouts.hpp"

namespace gauger::rules {

using migration::Operation;

namespace {

bool drops_foreign_key(const Operation& operation, const catalog::Constraint& constraint) {
  if (constraint.kind != catalog::ConstraintKind::foreign_key) {
    return false;
  }
  if (const auto* drop = operation.as<migration::DropColumn>()) {
    return std::find(constraint.columns.begin(), constraint.columns.end(), drop->column.text) !=
           constraint.columns.end();
  }
  return operation.is<migration::DropTable>() ||
         (operation.is<migration::DropConstraint>() && operation.object.known &&
          operation.object.text == constraint.name);
}

// The other tables that wait, because foreign keys to them are dropped.
std::vector<std::string> locked_targets(const Operation& operation, const catalog::Table& table,
                                        const engine::StatementContext& statement) {
  std::vector<std::string> result;
  for (const catalog::Constraint& constraint : table.constraints) {
    const catalog::Table* target = drops_foreign_key(operation, constraint)
                                       ? effect::find_table(statement.before, constraint.referenced)
                                       : nullptr;
    if (target == nullptr || target == &table || statement.drops_table(target->name)) {
      continue;
    }
    const effect::TableLock* lock = statement.lock(target->name);
    const std::string name = catalog::display(target->name);
    if (lock != nullptr && effect::blocks_reads(lock->lock) &&
        std::find(result.begin(), result.end(), name) == result.end()) {
      result.push_back(name);
    }
  }
  return result;
}

std::vector<engine::Report> check_foreign_key_dropped_with_lock(
    const engine::StatementContext& statement) {
  std::vector<engine::Report> reports;
  for (const Operation& operation : statement.operations) {
    const catalog::Table* table = statement.old_table(operation.table);
    if (table == nullptr || engine::has_lock_timeout(statement)) {
      continue;
    }
    const std::vector<std::string> targets = locked_targets(operation, *table, statement);
    if (targets.empty()) {
      continue;
    }
    reports.push_back(
        {.operation = &operation,
         .message = fmt::format("a foreign key of {} is dropped, which blocks reads and writes of "
                                "{} as well (ACCESS EXCLUSIVE lock){}",
                                catalog::display(table->name), fmt::join(targets, ", "),
                                engine::why_none(statement.session.lock_timeout)),
         .help = fmt::format(
             "do not wait for it behind long transactions, with everybody else behind you:\n{}\n{}",
             engine::set_timeout(statement, "lock_timeout", "3s"), engine::directive(operation))});
  }
  return reports;
}

}  // namespace

const engine::Rule foreign_key_dropped_with_lock{
    .info = {.id = "foreign-key-dropped-with-lock",
             .severity = finding::Severity::warning,
             .summary =
                 "A foreign key is dropped, alone or with its table or column, and the table "
                 "that it refers to is locked too.",
             .explanation =
                 "A foreign key has triggers on both tables. Dropping it takes ACCESS EXCLUSIVE on "
                 "both: on the table that it refers to, too, which the migration does not name and "
                 "which may be the busiest of all. The lock is brief, once it is had.\n\n"
                 "With a `lock_timeout` the migration gives up rather than making everybody wait "
                 "behind it; then it can be tried again."},
    .claim = {engine::ClaimKind::effect, effect::Lock::access_exclusive},
    .check_statement = check_foreign_key_dropped_with_lock};

}  // namespace gauger::rules
