#include "rules/trigger_created_with_lock/trigger_created_with_lock.hpp"

#include <string_view>

#include <fmt/format.h>

#include "effect/lookup.hpp"

namespace gauger::rules {

using migration::Operation;
using migration::TableSetting;

namespace {

// What is done with a trigger; empty: nothing.
std::string_view verb(const Operation& operation) {
  if (operation.is<migration::CreateTrigger>()) {
    return "creating";
  }
  const auto* drop = operation.as<migration::DropObject>();
  if (drop != nullptr && drop->kind == migration::ObjectKind::trigger) {
    return "dropping";
  }
  const auto* alter = operation.as<migration::AlterTable>();
  if (alter != nullptr && alter->setting == TableSetting::enable_trigger) {
    return "enabling";
  }
  return alter != nullptr && alter->setting == TableSetting::disable_trigger ? "disabling"
                                                                             : std::string_view();
}

std::vector<engine::Report> check_trigger_created_with_lock(
    const engine::StatementContext& context) {
  std::vector<engine::Report> reports;
  for (const Operation& operation : context.operations) {
    const std::string_view what = verb(operation);
    const auto* lock =
        what.empty() ? nullptr : context.lock(effect::resolve(context.before, operation.table));
    if (lock == nullptr || !effect::blocks_writes(lock->lock)) {
      continue;
    }
    reports.push_back(
        {.operation = &operation,
         .message = fmt::format("{} a trigger takes {} on {}, which blocks {} till the transaction "
                                "ends",
                                what, effect::name(lock->lock), migration::display(operation.table),
                                effect::blocks_reads(lock->lock) ? "reads and writes" : "writes"),
         .help = "let it be the last step of a short revision, and give up rather than make others "
                 "wait behind it:\nop.execute(\"SET LOCAL lock_timeout = '3s'\")"});
  }
  return reports;
}

}  // namespace

const engine::Rule trigger_created_with_lock{
    .info = {.id = "trigger-created-with-lock",
             .severity = finding::Severity::warning,
             .summary = "A trigger of a table that has rows is created, dropped, enabled or "
                        "disabled, which blocks its writes till the transaction ends.",
             .explanation =
                 "`CREATE TRIGGER`, `ENABLE TRIGGER` and `DISABLE TRIGGER` take SHARE ROW "
                 "EXCLUSIVE, `DROP TRIGGER` takes ACCESS EXCLUSIVE. The work is brief, the lock is "
                 "held till the transaction ends.\n\n"
                 "Keep the transaction short, and set `lock_timeout`.",
             .enabled_by_default = false},
    .claim = {engine::ClaimKind::effect, effect::Lock::share_row_exclusive},
    .check_statement = check_trigger_created_with_lock};

}  // namespace gauger::rules
