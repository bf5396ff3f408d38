#include "rules/concurrent_in_transaction/concurrent_in_transaction.hpp"

#include <array>

#include <fmt/format.h>

#include "engine/advice.hpp"

namespace gauger::rules {

using migration::Operation;

namespace {

// Empty: no command that has a concurrent form.
std::string_view command(const Operation& operation) {
  return operation.is<migration::CreateIndex>()       ? "CREATE INDEX CONCURRENTLY"
         : operation.is<migration::DropIndex>()       ? "DROP INDEX CONCURRENTLY"
         : operation.is<migration::Reindex>()         ? "REINDEX CONCURRENTLY"
         : operation.is<migration::DetachPartition>() ? "DETACH PARTITION CONCURRENTLY"
                                                      : "";
}

std::vector<engine::Report> check_concurrent_in_transaction(
    const engine::StatementContext& statement) {
  std::vector<engine::Report> reports;
  if (!statement.session.in_transaction) {
    return reports;
  }
  for (const Operation& operation : statement.operations) {
    const std::string_view what = command(operation);
    if (!operation.concurrently || what.empty()) {
      continue;
    }
    const std::array lines = {engine::directive(operation)};
    const std::string_view why =
        operation.autocommit
            ? ": the statements of one string, of a DO block and behind a BEGIN are "
              "in one, in an autocommit_block(), too"
            : "";
    reports.push_back(
        {.operation = &operation,
         .message = fmt::format("{} fails: it cannot run inside a transaction{}", what, why),
         .help = engine::autocommit_block(lines)});
  }
  return reports;
}

}  // namespace

const engine::Rule concurrent_in_transaction{
    .info = {.id = "concurrent-in-transaction",
             .severity = finding::Severity::error,
             .summary = "A CONCURRENTLY command runs inside a transaction, where it always fails.",
             .explanation =
                 "PostgreSQL refuses CREATE INDEX, DROP INDEX, REINDEX and DETACH PARTITION with "
                 "CONCURRENTLY inside a transaction block, and Alembic runs `upgrade()` in one.\n\n"
                 "`with op.get_context().autocommit_block():` commits what ran before, and lets "
                 "each statement in it run by itself."},
    .claim = {engine::ClaimKind::failure},
    .check_statement = check_concurrent_in_transaction};

}  // namespace gauger::rules
