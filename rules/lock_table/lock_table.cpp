#include "rules/lock_table/lock_table.hpp"

#include <cstddef>
#include <string>

#include <fmt/format.h>

#include "effect/lookup.hpp"

namespace gauger::rules {

using migration::Operation;

namespace {

std::vector<engine::Report> check_lock_table(const engine::StatementContext& context) {
  std::vector<engine::Report> reports;
  for (const Operation& operation : context.operations) {
    if (!operation.is<migration::LockTable>()) {
      continue;
    }
    const auto* lock = context.lock(effect::resolve(context.before, operation.table));
    if (lock == nullptr || !effect::blocks_writes(lock->lock)) {
      continue;
    }
    reports.push_back(
        {.operation = &operation,
         .message = fmt::format("LOCK TABLE takes {} on {}, which blocks {} till the transaction "
                                "ends",
                                effect::name(lock->lock), migration::display(operation.table),
                                effect::blocks_reads(lock->lock) ? "reads and writes" : "writes"),
         .help = "leave it out: each statement takes the lock that it needs; where several have to "
                 "see the same rows, let it give up rather than make others wait behind it:\n"
                 "op.execute(\"SET LOCAL lock_timeout = '3s'\")"});
  }
  return reports;
}

}  // namespace

const engine::Rule lock_table{
    .info = {.id = "lock-table",
             .severity = finding::Severity::warning,
             .summary = "LOCK TABLE blocks the writes to a table, or the reads, too, till the "
                        "transaction ends.",
             .explanation =
                 "The lock is held to the end of the transaction, which with Alembic's default is "
                 "that of the whole `alembic upgrade`. Without a mode it is ACCESS EXCLUSIVE.\n\n"
                 "Leave it to the statements to take the locks that they need, or set "
                 "`lock_timeout` before and keep the transaction short."},
    .claim = {engine::ClaimKind::effect, effect::Lock::share},
    .check_statement = check_lock_table};

}  // namespace gauger::rules
