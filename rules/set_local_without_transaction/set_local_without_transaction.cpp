#include "rules/set_local_without_transaction/set_local_without_transaction.hpp"

#include <fmt/format.h>

namespace gauger::rules {

using migration::Operation;

namespace {

std::vector<engine::Report> check_set_local_without_transaction(
    const engine::StatementContext& context) {
  std::vector<engine::Report> reports;
  for (const Operation& operation : context.operations) {
    const auto* set = operation.as<migration::SetParameter>();
    if (set == nullptr || !set->local || !operation.commits_by_itself() ||
        context.operations.size() > 1) {
      continue;
    }
    reports.push_back(
        {.operation = &operation,
         .message = fmt::format("SET LOCAL {} ends with its own statement here", set->name),
         .help = fmt::format("op.execute(\"SET {0} = '…'\"), and op.execute(\"RESET {0}\") at the "
                             "end of the block",
                             set->name)});
  }
  return reports;
}

}  // namespace

const engine::Rule set_local_without_transaction{
    .info = {.id = "set-local-without-transaction",
             .severity = finding::Severity::warning,
             .summary = "SET LOCAL runs outside of a transaction, where it has no effect.",
             .explanation = "In an `autocommit_block()` each statement is a transaction of its "
                            "own: a setting that is LOCAL to it is gone when the statement ends, "
                            "and PostgreSQL says so in a WARNING that nobody sees.\n\n"
                            "There, use SET, and RESET it at the end of the block."},
    .claim = {engine::ClaimKind::nothing},
    .check_statement = check_set_local_without_transaction};

}  // namespace gauger::rules
