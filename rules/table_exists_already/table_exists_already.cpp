#include "rules/table_exists_already/table_exists_already.hpp"

#include <fmt/format.h>

namespace gauger::rules {

using migration::Operation;

namespace {

std::vector<engine::Report> check_table_exists_already(const engine::StatementContext& context) {
  std::vector<engine::Report> reports;
  for (const Operation& operation : context.operations) {
    const catalog::Table* table =
        operation.is<migration::CreateTable>() && operation.if_not_exists && !operation.may_run
            ? context.before.find_table(operation.table)
            : nullptr;
    if (table == nullptr || table->certainty != catalog::Certainty::certain || !table->created_in) {
      continue;
    }
    reports.push_back(
        {.operation = &operation,
         .message = fmt::format("{} is there already, so nothing of this is done",
                                catalog::display(table->name)),
         .help = "leave it out; what should be different about the table is for op.add_column and "
                 "its like"});
  }
  return reports;
}

}  // namespace

const engine::Rule table_exists_already{
    .info = {.id = "table-exists-already",
             .severity = finding::Severity::warning,
             .summary = "CREATE TABLE IF NOT EXISTS names a table that an earlier revision "
                        "made, so it does nothing.",
             .explanation = "With IF NOT EXISTS PostgreSQL looks at the name alone. What the "
                            "revision says of columns, constraints and indexes is ignored with a "
                            "NOTICE, and the database is not what the file says.\n\n"
                            "Alter the table that is there, or leave the step out."},
    .claim = {engine::ClaimKind::nothing},
    .check_statement = check_table_exists_already};

}  // namespace gauger::rules
