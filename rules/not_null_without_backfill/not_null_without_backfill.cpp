#include "rules/not_null_without_backfill/not_null_without_backfill.hpp"

#include <algorithm>
#include <string>

#include <fmt/format.h>

namespace gauger::rules {

using migration::Operation;
using migration::OperationKind;

namespace {

bool fills(const Operation& operation) {
  return operation.kind == OperationKind::update || operation.kind == OperationKind::insert;
}

// After this no row without a value need be left.
bool makes_room(const Operation& operation) {
  return fills(operation) || operation.kind == OperationKind::delete_ ||
         operation.kind == OperationKind::truncate;
}

std::uint32_t line_of(const Operation& operation) {
  const eval::Place& site = operation.sites.front();
  return base::position_of(site.module->text, site.span.begin).line;
}

std::string verb(const Operation& operation) {
  return operation.directive != "execute"          ? operation.directive
         : operation.kind == OperationKind::update ? "update"
                                                   : "insert";
}

// The migration's backfill that comes too late, for the message.
std::string late_backfill(const std::vector<Operation>& operations, std::size_t index) {
  const migration::TableName& table = operations[index].table;
  for (std::size_t i = index + 1; i < operations.size(); ++i) {
    if (fills(operations[i]) && engine::may_be_same(operations[i].table, table)) {
      return fmt::format("; the {} of {} in line {} comes after it", verb(operations[i]),
                         migration::display(table), line_of(operations[i]));
    }
  }
  return {};
}

// What the migration has in the way of a backfill that is none, for the message.
std::string near_miss(const std::vector<Operation>& operations, std::size_t index) {
  std::string late = late_backfill(operations, index);
  for (std::size_t i = 0; late.empty() && i < index; ++i) {
    if (fills(operations[i])) {
      return fmt::format("; the {} in line {} is of {}", verb(operations[i]),
                         line_of(operations[i]), migration::display(operations[i].table));
    }
  }
  return late;
}

template <class Predicate>
bool comes_before(const std::vector<Operation>& operations, std::size_t index,
                  Predicate predicate) {
  return std::any_of(operations.begin(), operations.begin() + static_cast<std::ptrdiff_t>(index),
                     [&](const Operation& earlier) {
                       return predicate(earlier) &&
                              engine::may_be_same(earlier.table, operations[index].table);
                     });
}

engine::Report added(const std::vector<Operation>& operations, std::size_t index) {
  const Operation& operation = operations[index];
  const migration::Column& column = operation.columns.front();
  return {
      .operation = &operation,
      .message = fmt::format(
          "{}.{} is added NOT NULL without a server_default: it fails on a "
          "table that has rows{}{}",
          migration::display(operation.table), migration::display(column.name),
          column.client_default ? " (default= works in Python only; no migration emits it)" : "",
          late_backfill(operations, index)),
      .help =
          "give the column a server_default, or add it nullable, fill it with an UPDATE, "
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
      const auto empties = [](const Operation& earlier) {
        return earlier.kind == OperationKind::truncate && !earlier.may_run;
      };
      if (!comes_before(operations, i, empties)) {
        reports.push_back(added(operations, i));
      }
      continue;
    }
    if (comes_before(operations, i, makes_room)) {
      continue;
    }
    reports.push_back(
        {.operation = &operation,
         .message = fmt::format(
             "{}.{} becomes NOT NULL without a backfill{}", migration::display(operation.table),
             migration::display(operation.change->name), near_miss(operations, i)),
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
