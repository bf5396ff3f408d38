#include "rules/type_dropped_while_used/type_dropped_while_used.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "effect/lookup.hpp"

namespace gauger::rules {

using migration::Operation;

namespace {

// Whether the revision changes the types of columns of a table whose name is not known: which have
// the type still cannot be told.
bool changes_unknown_columns(const migration::Migration& migration) {
  return std::any_of(migration.upgrade.begin(), migration.upgrade.end(), [](const auto& each) {
    return each.template is<migration::ChangeType>() && !each.table.name.known;
  });
}

std::vector<engine::Report> check_type_dropped_while_used(const engine::StatementContext& context) {
  std::vector<engine::Report> reports;
  for (const Operation& operation : context.operations) {
    const auto* drop = operation.as<migration::DropObject>();
    const auto name = catalog::qualified({operation.table.schema, operation.object});
    if (drop == nullptr || drop->kind != migration::ObjectKind::type || operation.cascade ||
        !name || changes_unknown_columns(context.revision.migration)) {
      continue;
    }
    std::vector<std::string> columns;
    for (const effect::TableColumn& use : effect::columns_of_type(context.before, *name)) {
      if (use.table->certainty == catalog::Certainty::certain &&
          use.column->certainty == catalog::Certainty::certain) {
        columns.push_back(
            fmt::format("{}.{}", catalog::display(use.table->name), use.column->name));
      }
    }
    if (!columns.empty()) {
      reports.push_back({.operation = &operation,
                         .message = fmt::format("the type {} cannot be dropped: {} has it",
                                                catalog::display(*name), fmt::join(columns, ", ")),
                         .help = "drop the column, or change its type, before"});
    }
  }
  return reports;
}

}  // namespace

const engine::Rule type_dropped_while_used{
    .info = {.id = "type-dropped-while-used",
             .severity = finding::Severity::error,
             .summary = "A type is dropped while a column of a table has it, which PostgreSQL "
                        "refuses.",
             .explanation = "`DROP TYPE` and `sa.Enum(…).drop()` fail with \"cannot drop type … "
                            "because other objects depend on it\" as long as a column is of that "
                            "type.\n\n"
                            "Drop or change the columns first."},
    .claim = {engine::ClaimKind::failure},
    .check_statement = check_type_dropped_while_used};

}  // namespace gauger::rules
