#include "rules/autocommit_in_own_transaction/autocommit_in_own_transaction.hpp"

#include <fmt/format.h>

namespace gauger::rules {

using migration::Operation;

namespace {

std::vector<engine::Report> check_autocommit_in_own_transaction(
    const engine::StatementContext& context) {
  const auto& upgrade = context.revision.migration.upgrade;
  const Operation& operation = context.operations.front();
  const bool enters = operation.autocommit && !operation.is<migration::TransactionControl>() &&
                      (context.first == 0 || !upgrade[context.first - 1].autocommit);
  if (!enters || operation.from_sql ||
      context.revision.run.environment.own_transaction != std::optional(true)) {
    return {};
  }
  return {{.operation = &operation,
           .message =
               "autocommit_block() raises an AssertionError: env.py runs the migrations in a "
               "transaction that it began itself",
           .help = "in env.py:\nwith engine.connect() as connection:\n"
                   "    context.configure(connection=connection, …)\n"
                   "    with context.begin_transaction():\n        context.run_migrations()"}};
}

}  // namespace

const engine::Rule autocommit_in_own_transaction{
    .info = {.id = "autocommit-in-own-transaction",
             .severity = finding::Severity::error,
             .summary = "An autocommit_block() is entered while env.py has a transaction of "
                        "its own open, where it fails.",
             .explanation = "Where env.py hands `context.configure()` a connection that is in a "
                            "transaction already (`with engine.begin() as connection`, or `with "
                            "connection.begin()` around it), Alembic neither begins nor ends any. "
                            "`autocommit_block()` cannot leave a transaction that is not "
                            "Alembic's, and raises an AssertionError.\n\n"
                            "Let env.py use `engine.connect()`, and Alembic's own "
                            "`context.begin_transaction()`."},
    .claim = {engine::ClaimKind::failure},
    .check_statement = check_autocommit_in_own_transaction};

}  // namespace gauger::rules
