#include "rules/column_dropped_with_dependents/column_dropped_with_dependents.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "effect/lookup.hpp"

namespace gauger::rules {

using migration::Operation;

namespace {

bool has(const std::vector<std::string>& columns, const std::string& column) {
  return std::find(columns.begin(), columns.end(), column) != columns.end();
}

// The indexes and constraints of the table that go with the column and are over others, too.
std::vector<std::string> dependents(const catalog::Table& table, const std::string& column) {
  std::vector<std::string> result;
  for (const catalog::Constraint& constraint : table.constraints) {
    // A CHECK over several columns goes as well, and is for the column's sake.
    if (constraint.kind != catalog::ConstraintKind::check && constraint.columns.size() > 1 &&
        has(constraint.columns, column) && !constraint.name.empty()) {
      result.push_back(constraint.name);
    }
  }
  for (const catalog::Index& index : table.indexes) {
    const bool in_keys = std::any_of(index.keys.begin(), index.keys.end(),
                                     [&](const auto& key) { return key.column == column; });
    if (index.constraint.empty() && !index.name.empty() && index.keys.size() > 1 && in_keys) {
      result.push_back(index.name);
    }
  }
  return result;
}

// The generated columns that go with it: PostgreSQL 15 and newer refuse to drop it without CASCADE.
std::vector<std::string> computed_from(const catalog::Table& table, const std::string& column,
                                       const engine::StatementContext& context) {
  std::vector<std::string> result;
  for (const catalog::Column& each : table.columns) {
    const bool dropped = std::any_of(context.operations.begin(), context.operations.end(),
                                     [&](const Operation& operation) {
                                       const auto* drop = operation.as<migration::DropColumn>();
                                       return drop != nullptr && drop->column.text == each.name;
                                     });
    if (effect::is_computed_from(each, column) && !dropped) {
      result.push_back(each.name);
    }
  }
  return result;
}

engine::Report report_computed(const Operation& operation, const catalog::Table& table,
                               const std::string& column, const std::vector<std::string>& lost) {
  return {.operation = &operation,
          .message = fmt::format(
              "dropping {0}.{1} drops the generated column {2}, too, and PostgreSQL 15 and newer "
              "refuse it",
              catalog::display(table.name), column, fmt::join(lost, ", ")),
          .help = fmt::format(R"(drop it by its name first: op.drop_column("{}", "{}"))",
                              table.name.name, lost.front())};
}

std::vector<engine::Report> check_column_dropped_with_dependents(
    const engine::StatementContext& context) {
  std::vector<engine::Report> reports;
  for (const Operation& operation : context.operations) {
    const auto* drop = operation.as<migration::DropColumn>();
    const catalog::Table* table = drop == nullptr ? nullptr : context.old_table(operation.table);
    if (table == nullptr) {
      continue;
    }
    const auto computed = computed_from(*table, drop->column.text, context);
    if (!computed.empty() && !operation.cascade && context.session.postgres_version < 15) {
      reports.push_back(report_computed(operation, *table, drop->column.text, computed));
    }
    const std::vector<std::string> lost = dependents(*table, drop->column.text);
    if (lost.empty()) {
      continue;
    }
    reports.push_back(
        {.operation = &operation,
         .message =
             fmt::format("dropping {}.{} drops {}, too, which other columns are in",
                         catalog::display(table->name), drop->column.text, fmt::join(lost, ", ")),
         .help = "drop what is not wanted by its name first (op.drop_index, op.drop_constraint), "
                 "and create what the other columns still need"});
  }
  return reports;
}

}  // namespace

const engine::Rule column_dropped_with_dependents{
    .info = {.id = "column-dropped-with-dependents",
             .severity = finding::Severity::warning,
             .summary = "Dropping a column drops an index or constraint over other columns as "
                        "well.",
             .explanation = "PostgreSQL drops every index, unique constraint, primary key and "
                            "foreign key that the column is a part of, without CASCADE and "
                            "without a word. Queries that were served by the rest of its columns "
                            "are not any more, and what was unique is not kept so.\n\n"
                            "Say so: drop them by name before the column, or create the one that "
                            "takes their place."},
    .claim = {engine::ClaimKind::nothing},
    .check_statement = check_column_dropped_with_dependents};

}  // namespace gauger::rules
