#include "rules/table_scanned_several_times/table_scanned_several_times.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/advice.hpp"

namespace gauger::rules {

using migration::Operation;

namespace {

bool is_pass(const effect::Work& work) {
  return work.kind == effect::WorkKind::scan || work.kind == effect::WorkKind::rewrite;
}

// Whether it is an action that can stand beside others in one ALTER TABLE.
bool combines(const Operation& operation) {
  return operation.is<migration::AddColumn>() || operation.is<migration::ChangeType>() ||
         operation.is<migration::SetNotNull>() || operation.is<migration::AddConstraint>();
}

std::vector<engine::Report> check_table_scanned_several_times(
    const engine::StatementContext& context) {
  const Operation& operation = context.operations.front();
  if (!combines(operation) || operation.autocommit) {
    return {};
  }
  for (const effect::Work& work : context.effect.work) {
    const auto& earlier = context.transaction.passes;
    if (is_pass(work) && !context.is_new(work.table) &&
        std::count(earlier.begin(), earlier.end(), work.table) == 1) {
      return {
          {.operation = &operation,
           .message = fmt::format("all of {} is gone through once more: an earlier statement of "
                                  "the transaction has done so, too",
                                  catalog::display(work.table)),
           .help = fmt::format("one statement goes through it once:\n"
                               "op.execute(\"ALTER TABLE {} …, …\")",
                               engine::sql_name(operation.table))}};
    }
  }
  return {};
}

}  // namespace

const engine::Rule table_scanned_several_times{
    .info = {.id = "table-scanned-several-times",
             .severity = finding::Severity::warning,
             .summary = "Several ALTER TABLE statements of one transaction each read or write "
                        "a whole table that one statement would go through once.",
             .explanation = "Each statement that checks or rewrites rows goes through the table "
                            "by itself, and the first one's lock is held all the while. One ALTER "
                            "TABLE with several actions goes through it once.\n\n"
                            "`op.alter_column` emits a statement for each thing that it changes, "
                            "so write the ALTER TABLE as SQL text."},
    .claim = {engine::ClaimKind::effect,
              effect::Lock::share,
              {effect::WorkKind::scan, effect::WorkKind::foreign_key_scan,
               effect::WorkKind::rewrite}},
    .check_statement = check_table_scanned_several_times};

}  // namespace gauger::rules
