#include "rules/not_null_without_backfill/not_null_without_backfill.hpp"

#include <optional>

#include <fmt/format.h>

namespace gauger::rules {

using migration::Operation;
using migration::OperationKind;

namespace {

bool fills(const Operation& operation) {
  return operation.kind == OperationKind::update || operation.kind == OperationKind::insert;
}

std::uint32_t line_of(const Operation& operation) {
  const eval::Place& site = operation.sites.front();
  return base::position_of(site.module->text, site.span.begin).line;
}

// What the migration has in the way of a backfill that is none, for the message.
std::string near_miss(const std::vector<Operation>& operations, std::size_t index) {
  const migration::TableName& table = operations[index].table;
  for (std::size_t i = index + 1; i < operations.size(); ++i) {
    if (fills(operations[i]) && engine::may_be_same(operations[i].table, table)) {
      return fmt::format("; the {} of {} in line {} comes after it", operations[i].directive,
                         migration::display(table), line_of(operations[i]));
    }
  }
  for (std::size_t i = 0; i < index; ++i) {
    if (fills(operations[i])) {
      return fmt::format("; the {} in line {} is of {}", operations[i].directive,
                         line_of(operations[i]), migration::display(operations[i].table));
    }
  }
  return {};
}

bool is_filled_before(const std::vector<Operation>& operations, std::size_t index) {
  for (std::size_t i = 0; i < index; ++i) {
    if (fills(operations[i]) && engine::may_be_same(operations[i].table, operations[index].table)) {
      return true;
    }
  }
  return false;
}

engine::Report added(const Operation& operation) {
  const migration::Column& column = operation.columns.front();
  return {.operation = &operation,
          .message = fmt::format("{}.{} is added NOT NULL without a server_default: it fails on a "
                                 "table that has rows{}",
                                 migration::display(operation.table),
                                 migration::display(column.name),
                                 column.client_default
                                     ? " (default= works in Python only; no migration emits it)"
                                     : ""),
          .help = "give the column a server_default, or add it nullable, fill it with an UPDATE, "
                  "and then op.alter_column(…, nullable=False)"};
}

std::vector<engine::Report> check(const engine::RuleContext& context) {
  std::vector<engine::Report> reports;
  const std::vector<Operation>& operations = context.migration.upgrade;
  for (std::size_t i = 0; i < operations.size(); ++i) {
    const Operation& operation = operations[i];
    if (!engine::demands_values(operation) || context.created_here(i)) {
      continue;
    }
    if (operation.kind == OperationKind::add_column) {
      reports.push_back(added(operation));
      continue;
    }
    if (is_filled_before(operations, i)) {
      continue;
    }
    reports.push_back(
        {.operation = &operation,
         .message = fmt::format("{}.{} becomes NOT NULL without a backfill{}",
                                migration::display(operation.table),
                                migration::display(operation.change->name),
                                near_miss(operations, i)),
         .help = "fill the rows that have no value first, with an UPDATE of the same table in this "
                 "revision; where that was done before, say so: # backfill: ok <reason>"});
  }
  return reports;
}

}  // namespace

const engine::Rule not_null_without_backfill{
    .info = {.id = "not-null-without-backfill",
             .severity = finding::Severity::error,
             .summary = "A column becomes NOT NULL, and nothing in the revision fills the rows "
                        "that have no value.",
             .explanation =
                 "PostgreSQL checks every row and fails at the first that has no value, so the "
                 "deploy fails on the database that has rows, not on the empty one of a "
                 "developer.\n\n"
                 "A backfill counts when it comes before the NOT NULL and touches the same table: "
                 "`UPDATE`, `op.bulk_insert`, or an executed SQLAlchemy update. Grant it with "
                 "`# backfill: ok` and a reason."},
    .tag = engine::TagKind::backfill,
    .check = check};

}  // namespace gauger::rules
