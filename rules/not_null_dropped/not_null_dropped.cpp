#include "rules/not_null_dropped/not_null_dropped.hpp"

#include <fmt/format.h>

namespace gauger::rules {

using migration::Operation;

namespace {

std::vector<engine::Report> check_not_null_dropped(const engine::StatementContext& context) {
  std::vector<engine::Report> reports;
  for (const Operation& operation : context.operations) {
    const auto* drop = operation.as<migration::DropNotNull>();
    const catalog::Table* table = drop == nullptr ? nullptr : context.old_table(operation.table);
    const catalog::Column* column =
        table == nullptr ? nullptr : table->find_column(drop->column.text);
    if (column == nullptr || column->nullable != std::optional(false)) {
      continue;
    }
    reports.push_back({.operation = &operation,
                       .message = fmt::format("the release that still runs does not expect NULL in "
                                              "{}.{}",
                                              catalog::display(table->name), column->name),
                       .help = "ship the code that reads NULL in a release before"});
  }
  return reports;
}

}  // namespace

const engine::Rule not_null_dropped{
    .info = {.id = "not-null-dropped",
             .severity = finding::Severity::warning,
             .summary = "A column of a table in use may be NULL from now on.",
             .explanation = "The lock is brief. But the release that still runs does not expect "
                            "NULL in what it reads, and `downgrade()` fails as soon as there is "
                            "one.\n\n"
                            "Ship the code that can read it first.",
             .enabled_by_default = false},
    .claim = {engine::ClaimKind::nothing},
    .check_statement = check_not_null_dropped};

}  // namespace gauger::rules
