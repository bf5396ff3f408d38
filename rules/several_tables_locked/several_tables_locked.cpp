#include "rules/several_tables_locked/several_tables_locked.hpp"

#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace gauger::rules {
namespace {

std::vector<engine::Report> check_several_tables_locked(const engine::StatementContext& context) {
  const effect::TableLock* taken = context.newly_blocked();
  if (taken == nullptr || context.transaction.blocking_statements != 1) {
    return {};  // the first, or told already
  }
  std::vector<std::string> held;
  for (const effect::TableLock& each : context.transaction.locks) {
    if (effect::blocks_writes(each.lock)) {
      held.push_back(
          fmt::format("{} on {}", effect::name(each.lock), catalog::display(each.table)));
    }
  }
  return {{.operation = &context.operations.front(),
           .message = fmt::format("{} is locked ({}) while the transaction holds {}",
                                  catalog::display(taken->table), effect::name(taken->lock),
                                  fmt::join(held, " and ")),
           .help = "a revision for each table, with transaction_per_migration=True in env.py"}};
}

}  // namespace

const engine::Rule several_tables_locked{
    .info = {.id = "several-tables-locked",
             .severity = finding::Severity::warning,
             .summary = "One transaction keeps writers from several tables that are in use.",
             .explanation = "Each lock is waited for while the earlier ones are held, and the "
                            "application takes them in an order of its own: what waits for both "
                            "is a deadlock, and PostgreSQL ends one of the two.\n\n"
                            "One table per transaction: one revision each, with "
                            "`transaction_per_migration=True` in env.py. Off by default: brief "
                            "locks on two tables seldom meet.",
             .enabled_by_default = false},
    .claim = {engine::ClaimKind::effect, effect::Lock::share},
    .check_statement = check_several_tables_locked};

}  // namespace gauger::rules
