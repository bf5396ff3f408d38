#include "rules/constraint_validated_under_lock/constraint_validated_under_lock.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/advice.hpp"

namespace gauger::rules {

using migration::Operation;

namespace {

// "ACCESS EXCLUSIVE on orders", for each lock that keeps writers out.
std::vector<std::string> blocking_locks(const engine::Transaction& transaction) {
  std::vector<std::string> result;
  for (const effect::TableLock& held : transaction.locks) {
    if (effect::blocks_writes(held.lock)) {
      result.push_back(
          fmt::format("{} on {}", effect::name(held.lock), catalog::display(held.table)));
    }
  }
  return result;
}

std::vector<engine::Report> check_constraint_validated_under_lock(
    const engine::StatementContext& statement) {
  std::vector<engine::Report> reports;
  for (const Operation& operation : statement.operations) {
    const catalog::Table* table = statement.old_table(operation.table);
    const bool scans = !statement.work(effect::WorkKind::scan).empty() ||
                       !statement.work(effect::WorkKind::foreign_key_scan).empty();
    if (!operation.is<migration::ValidateConstraint>() || table == nullptr || !scans) {
      continue;
    }
    const effect::TableLock* own = statement.lock(table->name);
    const bool by_itself = own != nullptr && effect::blocks_writes(own->lock);
    const std::vector<std::string> held = blocking_locks(statement.transaction);
    if (held.empty() && !by_itself) {
      continue;
    }
    const std::array lines = {engine::directive(operation)};
    const std::string what =
        fmt::format("validating {} reads all of {}", migration::display(operation.object),
                    catalog::display(table->name));
    reports.push_back(
        {.operation = &operation,
         .message =
             by_itself
                 ? fmt::format("{} under the {} lock that other actions of the same ALTER TABLE "
                               "need",
                               what, effect::name(own->lock))
                 : fmt::format("{} while earlier statements of the transaction hold {}", what,
                               fmt::join(held, ", ")),
         .help = engine::autocommit_block(lines)});
  }
  return reports;
}

}  // namespace

const engine::Rule constraint_validated_under_lock{
    .info = {.id = "constraint-validated-under-lock",
             .severity = finding::Severity::error,
             .summary = "A constraint is validated in a transaction that already holds a lock that "
                        "blocks writes.",
             .explanation =
                 "VALIDATE CONSTRAINT itself lets reads and writes go on while it reads the table. "
                 "But locks are held to the end of the transaction, so those of an earlier "
                 "statement, such as the ADD CONSTRAINT … NOT VALID, last as long as it does.\n\n"
                 "Validate in an `op.get_context().autocommit_block()`, which commits what came "
                 "before, or in a later revision with `transaction_per_migration=True` in env.py."},
    .claim = {engine::ClaimKind::effect,
              effect::Lock::share,
              {effect::WorkKind::scan, effect::WorkKind::foreign_key_scan}},
    .check_statement = check_constraint_validated_under_lock};

}  // namespace gauger::rules
