#include "rules/rows_changed_under_lock/rows_changed_under_lock.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace gauger::rules {

using migration::Operation;

namespace {

// Whether it may well be of many rows: no condition, or that a value is missing.
bool is_large(const Operation& operation) {
  const auto many = [](const auto* change) {
    return change != nullptr && change->where_known &&
           (!change->where || change->where->find("IS NULL") != std::string::npos ||
            change->where->find("is null") != std::string::npos);
  };
  return many(operation.as<migration::Update>()) || many(operation.as<migration::Delete>());
}

std::vector<engine::Report> check_rows_changed_under_lock(const engine::StatementContext& context) {
  std::vector<engine::Report> reports;
  std::vector<std::string> held;
  for (const effect::TableLock& lock : context.transaction.locks) {
    if (effect::blocks_reads(lock.lock)) {
      held.push_back(catalog::display(lock.table));
    }
  }
  for (std::size_t i = 0; i < context.operations.size() && !held.empty(); ++i) {
    const Operation& operation = context.operations[i];
    if (!is_large(operation) || operation.autocommit || !context.is_old(i)) {
      continue;
    }
    reports.push_back(
        {.operation = &operation,
         .message = fmt::format("the rows of {} are changed while nobody can read {} (ACCESS "
                                "EXCLUSIVE lock of an earlier statement)",
                                migration::display(operation.table), fmt::join(held, ", ")),
         .help = "change the rows in a revision of its own, with transaction_per_migration=True in "
                 "env.py, or in batches in an autocommit_block()"});
  }
  return reports;
}

}  // namespace

const engine::Rule rows_changed_under_lock{
    .info =
        {.id = "rows-changed-under-lock",
         .severity = finding::Severity::warning,
         .summary = "Rows are filled in while the transaction holds a lock that keeps "
                    "everybody from a table.",
         .explanation =
             "Locks are held to the end of the transaction: the ACCESS EXCLUSIVE "
             "of an ADD COLUMN is brief only if the transaction ends soon. An "
             "UPDATE of many rows behind it lets nobody read the table for as long "
             "as it takes.\n\n"
             "Change the table in one revision and its rows in another, with "
             "`transaction_per_migration=True` in env.py, or the rows in an "
             "`op.get_context().autocommit_block()`."
             "\n\nOff by default: on a small table the change and its backfill belong together.",
         .enabled_by_default = false},
    .claim = {engine::ClaimKind::effect,
              effect::Lock::row_exclusive,
              {effect::WorkKind::row_change}},
    .check_statement = check_rows_changed_under_lock};

}  // namespace gauger::rules
