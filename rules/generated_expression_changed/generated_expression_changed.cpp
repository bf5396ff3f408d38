#include "rules/generated_expression_changed/generated_expression_changed.hpp"

#include <fmt/format.h>

namespace gauger::rules {

using migration::Operation;

namespace {

std::vector<engine::Report> check_generated_expression_changed(
    const engine::StatementContext& context) {
  std::vector<engine::Report> reports;
  for (const Operation& operation : context.operations) {
    const auto* set = operation.as<migration::SetExpression>();
    if (set == nullptr || !set->expression) {
      continue;
    }
    const std::string column =
        fmt::format("{}.{}", migration::display(operation.table), migration::display(set->column));
    if (context.session.postgres_version < 17) {
      reports.push_back({.operation = &operation,
                         .message = fmt::format("the expression of {} cannot be changed before "
                                                "PostgreSQL 17, and [lint] postgres-version is {}",
                                                column, context.session.postgres_version),
                         .help = "drop the column and add it again, or add one of another name"});
    } else if (!context.work(effect::WorkKind::rewrite).empty()) {
      reports.push_back({.operation = &operation,
                         .message = fmt::format("changing the expression of {} writes the whole "
                                                "table anew (ACCESS EXCLUSIVE lock)",
                                                column),
                         .help = "add a column of another name with the new expression, and drop "
                                 "this one in a later release"});
    }
  }
  return reports;
}

}  // namespace

const engine::Rule generated_expression_changed{
    .info = {.id = "generated-expression-changed",
             .severity = finding::Severity::error,
             .summary = "The expression of a generated column is changed, which writes the "
                        "whole table anew or is not understood by the server.",
             .explanation = "`ALTER COLUMN … SET EXPRESSION` came with PostgreSQL 17, and of a "
                            "stored column it rewrites the table and all its indexes under ACCESS "
                            "EXCLUSIVE: no one reads or writes till it is done. Older servers "
                            "refuse the syntax.\n\n"
                            "Add a column with the new expression under another name, let the "
                            "application use that, and drop the old one; a virtual column of "
                            "PostgreSQL 18 changes at once."},
    .claim = {engine::ClaimKind::effect,
              effect::Lock::access_exclusive,
              {effect::WorkKind::rewrite}},
    .check_statement = check_generated_expression_changed};

}  // namespace gauger::rules
