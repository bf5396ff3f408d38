#include "rules/lock_timeout_too_late/lock_timeout_too_late.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace gauger::rules {

using migration::Operation;

namespace {

std::vector<engine::Report> check_lock_timeout_too_late(const engine::StatementContext& context) {
  const Operation& operation = context.operations.front();
  const auto* set = operation.as<migration::SetParameter>();
  if (set == nullptr || set->name != "lock_timeout" || set->reset) {
    return {};
  }
  if (set->value == "0") {
    return {{.operation = &operation,
             .message = "a lock_timeout of 0 is none",
             .help = "op.execute(\"SET LOCAL lock_timeout = '3s'\")"}};
  }
  const auto& held = context.transaction.locks;
  const auto blocking = std::find_if(
      held.begin(), held.end(), [](const auto& lock) { return effect::blocks_writes(lock.lock); });
  if (blocking == held.end()) {
    return {};
  }
  return {{.operation = &operation,
           .message = fmt::format("this comes too late: the transaction holds {} on {} already",
                                  effect::name(blocking->lock), catalog::display(blocking->table)),
           .help = "set it before the first statement that takes a lock"}};
}

}  // namespace

const engine::Rule lock_timeout_too_late{
    .info = {.id = "lock-timeout-too-late",
             .severity = finding::Severity::warning,
             .summary = "A lock_timeout is set when the transaction has taken its locks "
                        "already, or to no limit.",
             .explanation = "The setting holds for the statements after it. What came before has "
                            "waited for its lock without a limit.\n\n"
                            "Set it first, to a few seconds.",
             .enabled_by_default = false},
    .claim = {engine::ClaimKind::nothing},
    .check_statement = check_lock_timeout_too_late};

}  // namespace gauger::rules
