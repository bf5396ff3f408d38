#include "rules/no_lock_timeout/no_lock_timeout.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/timeouts.hpp"

namespace gauger::rules {
namespace {

std::vector<engine::Report> check_no_lock_timeout(const engine::StatementContext& context) {
  const auto blocks = [](const effect::TableLock& lock) {
    return effect::blocks_writes(lock.lock);
  };
  const auto& held = context.transaction.locks;
  if (engine::has_lock_timeout(context) || std::any_of(held.begin(), held.end(), blocks)) {
    return {};
  }
  for (const effect::TableLock& taken : context.effect.locks) {
    if (blocks(taken) && !context.is_new(taken.table)) {
      return {
          {.operation = &context.operations.front(),
           .message = fmt::format("{} on {} is waited for without a lock_timeout, and everybody "
                                  "waits behind it{}",
                                  effect::name(taken.lock), catalog::display(taken.table),
                                  engine::why_none(context.session.lock_timeout)),
           .help = "before it, or in env.py for all:\n" +
                   engine::set_timeout(context, "lock_timeout", "3s")}};
    }
  }
  return {};
}

}  // namespace

const engine::Rule no_lock_timeout{
    .info = {.id = "no-lock-timeout",
             .severity = finding::Severity::warning,
             .summary = "A lock that blocks others is waited for without a lock_timeout.",
             .explanation = "A migration that waits for its lock behind a long transaction makes "
                            "everybody who comes after it wait, too: a queue, for as long as that "
                            "transaction lasts. With a `lock_timeout` it gives up, and can be "
                            "tried again.\n\n"
                            "Set it in env.py for all revisions, or `op.execute(\"SET LOCAL "
                            "lock_timeout = '3s'\")` at the beginning. Off by default: it may be "
                            "set for the role, which is not to be seen here.",
             .enabled_by_default = false},
    .claim = {engine::ClaimKind::effect, effect::Lock::share},
    .check_statement = check_no_lock_timeout};

}  // namespace gauger::rules
