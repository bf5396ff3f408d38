#include "rules/several_tables_locked/several_tables_locked.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace gauger::rules {
namespace {

std::vector<engine::Report> check_several_tables_locked(const engine::StatementContext& context) {
  const auto blocks = [](const effect::TableLock& lock) {
    return effect::blocks_writes(lock.lock);
  };
  const auto& held = context.transaction.locks;
  const auto first = std::find_if(held.begin(), held.end(), blocks);
  if (first == held.end() || std::count_if(held.begin(), held.end(), blocks) > 1) {
    return {};  // the first, or told already
  }
  for (const effect::TableLock& taken : context.effect.locks) {
    if (blocks(taken) && taken.table != first->table && !context.is_new(taken.table)) {
      return {{.operation = &context.operations.front(),
               .message = fmt::format("{} is locked ({}) while the transaction holds {} on {}",
                                      catalog::display(taken.table), effect::name(taken.lock),
                                      effect::name(first->lock), catalog::display(first->table)),
               .help = "a revision for each table, with transaction_per_migration=True in env.py"}};
    }
  }
  return {};
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
