#include "rules/transaction_ended_by_hand/transaction_ended_by_hand.hpp"

#include <fmt/format.h>

namespace gauger::rules {

using migration::Operation;

namespace {

// In SQL text, or a method of the connection where env.py is certain not to commit what follows.
bool ends_unseen(const Operation& operation, const migration::TransactionControl& control,
                 const engine::StatementContext& context) {
  return operation.from_sql ||
         (control.of_bind && context.revision.run.environment.commits == std::optional(false));
}

std::string_view message(const Operation& operation, const migration::TransactionControl& control) {
  if (control.step == migration::TransactionStep::begin) {
    return "this runs in a transaction already";
  }
  if (operation.from_sql) {
    return "this ends the transaction of the migration, and Alembic does not know";
  }
  return control.step == migration::TransactionStep::commit
             ? "this commits the transaction of the migration; what follows, the revision in "
               "alembic_version as well, is in another one, which nobody commits"
             : "this rolls back the transaction of the migration, and Alembic does not know";
}

std::vector<engine::Report> check_transaction_ended_by_hand(
    const engine::StatementContext& context) {
  std::vector<engine::Report> reports;
  for (const Operation& operation : context.operations) {
    const auto* control = operation.as<migration::TransactionControl>();
    if (control == nullptr || operation.autocommit ||
        control->step == migration::TransactionStep::savepoint ||
        !ends_unseen(operation, *control, context)) {
      continue;
    }
    reports.push_back({.operation = &operation,
                       .message = std::string(message(operation, *control)),
                       .help = "leave it out; for what has to run outside of the transaction there "
                               "is\nwith op.get_context().autocommit_block():\n    …"});
  }
  return reports;
}

}  // namespace

const engine::Rule transaction_ended_by_hand{
    .info = {.id = "transaction-ended-by-hand",
             .severity = finding::Severity::error,
             .summary = "BEGIN, COMMIT or ROLLBACK, as SQL text or as a method of the connection, "
                        "ends the transaction that Alembic believes to be in.",
             .explanation = "`upgrade()` runs in a transaction that Alembic began and will "
                            "commit, together with the new revision in alembic_version. A COMMIT "
                            "in SQL text ends it behind Alembic's back: what follows commits "
                            "statement by statement, and when one fails the revision is half done "
                            "and not recorded. After `op.get_bind().commit()` SQLAlchemy begins "
                            "another transaction, which is rolled back at the end without a word: "
                            "what follows is lost, and the revision is not recorded.\n\n"
                            "`with op.get_context().autocommit_block():` is the way to leave the "
                            "transaction."},
    .claim = {engine::ClaimKind::nothing},
    .check_statement = check_transaction_ended_by_hand};

}  // namespace gauger::rules
