#include "rules/transaction_ended_by_hand/transaction_ended_by_hand.hpp"

#include <fmt/format.h>

namespace gauger::rules {

using migration::Operation;

namespace {

std::vector<engine::Report> check_transaction_ended_by_hand(
    const engine::StatementContext& context) {
  std::vector<engine::Report> reports;
  for (const Operation& operation : context.operations) {
    const auto* control = operation.as<migration::TransactionControl>();
    if (control == nullptr || !operation.from_sql || operation.autocommit ||
        control->step == migration::TransactionStep::savepoint) {
      continue;
    }
    const bool begins = control->step == migration::TransactionStep::begin;
    reports.push_back({.operation = &operation,
                       .message = begins
                                      ? "this runs in a transaction already"
                                      : "this ends the transaction of the migration, and Alembic "
                                        "does not know",
                       .help = "leave it out; for what has to run outside of the transaction there "
                               "is\nwith op.get_context().autocommit_block():\n    …"});
  }
  return reports;
}

}  // namespace

const engine::Rule transaction_ended_by_hand{
    .info = {.id = "transaction-ended-by-hand",
             .severity = finding::Severity::error,
             .summary = "BEGIN, COMMIT or ROLLBACK in SQL text ends the transaction that "
                        "Alembic believes to be in.",
             .explanation = "`upgrade()` runs in a transaction that Alembic began and will "
                            "commit, together with the new revision in alembic_version. A COMMIT "
                            "in SQL text ends it behind Alembic's back: what follows commits "
                            "statement by statement, and when one fails the revision is half done "
                            "and not recorded.\n\n"
                            "`with op.get_context().autocommit_block():` is the way to leave the "
                            "transaction."},
    .claim = {engine::ClaimKind::nothing},
    .check_statement = check_transaction_ended_by_hand};

}  // namespace gauger::rules
