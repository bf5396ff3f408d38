#include "rules/column_renamed/column_renamed.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "catalog/names.hpp"
#include "catalog/render.hpp"

namespace gauger::rules {

using migration::Operation;
using migration::RenameColumn;

namespace {

// Whether the revision gives the application a view under the name that the table had.
bool has_view_of_old_name(const Operation& operation, const std::vector<Operation>& upgrade) {
  return std::any_of(upgrade.begin(), upgrade.end(), [&](const Operation& each) {
    const auto* rename = each.as<migration::RenameTable>();
    return rename != nullptr && engine::may_be_same(rename->to, operation.table) &&
           std::any_of(upgrade.begin(), upgrade.end(), [&](const Operation& view) {
             return view.is<migration::CreateView>() && view.object.known &&
                    view.object.text == each.table.name.text;
           });
  });
}

bool was_added_here(const Operation& operation, const RenameColumn& rename,
                    const engine::StatementContext& context) {
  const std::vector<Operation>& upgrade = context.revision.migration.upgrade;
  const auto here = upgrade.begin() + static_cast<std::ptrdiff_t>(context.first);
  return std::any_of(upgrade.begin(), here, [&](const Operation& each) {
    const auto* add = each.as<migration::AddColumn>();
    return add != nullptr && engine::may_be_same(each.table, operation.table) &&
           (!add->column.name.known || add->column.name.text == rename.column.text);
  });
}

std::string help(const Operation& operation, const RenameColumn& rename,
                 const catalog::Catalog& before) {
  std::string keep = fmt::format(
      "keep the column and rename the attribute of the model: {} = mapped_column({}, …)",
      migration::display(rename.to), catalog::python_string(migration::display(rename.column)));
  const catalog::Table* table = before.find_table(operation.table);
  const auto* column = table == nullptr ? nullptr : table->find_column(rename.column.text);
  if (column == nullptr || column->type.empty()) {
    return keep;
  }
  const Operation add{.action = migration::AddColumn{{.name = rename.to,
                                                      .type = {.text = column->type},
                                                      .nullable = true}},
                      .table = operation.table};
  return fmt::format(
      "{}\nor add the new column, write both, copy the rows in batches, and drop the old one in a "
      "later release:\n{}",
      keep, catalog::alembic(add));
}

std::vector<engine::Report> check_column_renamed(const engine::StatementContext& context) {
  std::vector<engine::Report> reports;
  for (std::size_t i = 0; i < context.operations.size(); ++i) {
    const Operation& operation = context.operations[i];
    const auto* rename = operation.as<RenameColumn>();
    if (rename == nullptr || !context.is_old(i) || was_added_here(operation, *rename, context) ||
        has_view_of_old_name(operation, context.revision.migration.upgrade)) {
      continue;
    }
    reports.push_back(
        {.operation = &operation,
         .message = fmt::format("{}.{} is renamed to {}: the release that runs meanwhile, and all "
                                "that name the column, fail",
                                migration::display(operation.table),
                                migration::display(rename->column), migration::display(rename->to)),
         .help = help(operation, *rename, context.before)});
  }
  return reports;
}

}  // namespace

const engine::Rule column_renamed{
    .info = {.id = "column-renamed",
             .severity = finding::Severity::error,
             .summary = "A column of a table that is in use gets another name.",
             .explanation =
                 "The release that runs while the revision does, and the one that comes back if "
                 "the deploy is rolled back, name the column in each SELECT and INSERT of its "
                 "model, and fail.\n\n"
                 "Keep the column's name and rename the attribute only "
                 "(`mapped_column(\"old\", …)`), or add a column and drop the old one in a later "
                 "release."},
    .claim = {engine::ClaimKind::nothing},
    .check_statement = check_column_renamed};

}  // namespace gauger::rules
