#include "rules/destructive_operation/destructive_operation.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace gauger::rules {

using migration::ObjectKind;
using migration::Operation;

namespace {

std::string what_is_lost(const Operation& operation) {
  const std::string table = migration::display(operation.table);
  if (operation.is<migration::DropTable>()) {
    return fmt::format("drops the table {} with its rows", table);
  }
  if (const auto* drop = operation.as<migration::DropColumn>()) {
    return fmt::format("drops the column {}.{} with its values", table,
                       migration::display(drop->column));
  }
  if (operation.is<migration::Truncate>()) {
    return fmt::format("empties the table {}", table);
  }
  const std::string object = migration::display(operation.object);
  switch (operation.as<migration::DropObject>()->kind) {
    case ObjectKind::schema:
      return fmt::format("drops the schema {} with all that is in it", object);
    case ObjectKind::database:
      return fmt::format("drops the database {} with all that is in it", object);
    case ObjectKind::owned:
      return fmt::format("drops all that {} owns", object);
    default:
      return fmt::format("drops {} and, by CASCADE, whatever depends on it", object);
  }
}

std::string_view help(const Operation& operation) {
  return operation.is<migration::Truncate>()
             ? "keep a copy of rows that are still wanted; when none is, say so above the line: "
               "# destructive: approved <reason>"
             : "stop using it in one release and drop it in a later one; when that is what this "
               "revision does, say so above the line: # destructive: approved <reason>";
}

// Whether this revision made the table, under whatever name. What CREATE TABLE IF NOT EXISTS found
// may have rows.
bool is_made_here(const Operation& operation, const engine::StatementContext& context) {
  const std::vector<Operation>& upgrade = context.revision.migration.upgrade;
  const auto end = upgrade.begin() + static_cast<std::ptrdiff_t>(context.first);
  return context.is_new(operation.table) &&
         std::none_of(upgrade.begin(), end, [&](const Operation& earlier) {
           return earlier.is<migration::CreateTable>() && earlier.if_not_exists &&
                  engine::may_be_same(earlier.table, operation.table);
         });
}

// Whether this revision added the column: its values are the revision's own.
bool is_added_here(const Operation& operation, std::size_t index,
                   const std::vector<Operation>& upgrade) {
  const auto* drop = operation.as<migration::DropColumn>();
  const auto end = upgrade.begin() + static_cast<std::ptrdiff_t>(index);
  return drop != nullptr && drop->column.known &&
         std::any_of(upgrade.begin(), end, [&](const Operation& earlier) {
           const auto* add = earlier.as<migration::AddColumn>();
           return add != nullptr && !earlier.if_not_exists && !earlier.may_run &&
                  add->column.name.known && add->column.name.text == drop->column.text &&
                  operation.table.name.known && engine::may_be_same(earlier.table, operation.table);
         });
}

std::vector<engine::Report> check_destructive_operation(const engine::StatementContext& context) {
  std::vector<engine::Report> reports;
  for (std::size_t i = 0; i < context.operations.size(); ++i) {
    const Operation& operation = context.operations[i];
    if (!engine::destroys(operation) || context.revision.created_here(context.first + i) ||
        is_made_here(operation, context) ||
        is_added_here(operation, context.first + i, context.revision.migration.upgrade)) {
      continue;
    }
    reports.push_back(
        {.operation = &operation,
         .message = fmt::format("{} {}", operation.directive, what_is_lost(operation)),
         .help = std::string(help(operation))});
  }
  return reports;
}

}  // namespace

const engine::Rule destructive_operation{
    .info = {.id = "destructive-operation",
             .severity = finding::Severity::error,
             .summary = "An operation in `upgrade()` destroys data: a table, a column, a schema or "
                        "all rows of a table.",
             .explanation =
                 "What is dropped is gone when the transaction commits, and `downgrade()` brings "
                 "back the shape but not the rows. An application that still runs the release "
                 "before fails as soon as it names what was dropped.\n\n"
                 "Grant it with `# destructive: approved` and a reason. A table or column that "
                 "the same `upgrade()` made before is not reported."},
    .tag = engine::TagKind::destructive,
    .claim = {engine::ClaimKind::nothing},
    .check_statement = check_destructive_operation};

}  // namespace gauger::rules
