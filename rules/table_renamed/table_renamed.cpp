#include "rules/table_renamed/table_renamed.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "catalog/names.hpp"
#include "catalog/render.hpp"

namespace gauger::rules {

using migration::Operation;
using migration::RenameTable;

namespace {

// Whether the revision puts something in the place of the table: a view, or another table.
bool is_replaced(const Operation& renamed, const std::vector<Operation>& upgrade) {
  const migration::TableName& table = renamed.table;
  return std::any_of(upgrade.begin(), upgrade.end(), [&](const Operation& each) {
    if (&each == &renamed) {
      return false;
    }
    if (each.is<migration::CreateView>()) {
      return engine::may_be_same({.schema = each.table.schema, .name = each.object}, table);
    }
    const auto* rename = each.as<RenameTable>();
    return (each.is<migration::CreateTable>() && engine::may_be_same(each.table, table)) ||
           (rename != nullptr && engine::may_be_same(rename->to, table));
  });
}

std::string identifier(const migration::TableName& table) {
  const std::string name = catalog::quote_identifier(table.name.text);
  return table.schema.absent()
             ? name
             : fmt::format("{}.{}", catalog::quote_identifier(table.schema.text), name);
}

std::string help(const Operation& operation, const RenameTable& rename) {
  const bool moves = operation.table.name.text == rename.to.name.text;
  std::string keep =
      moves
          ? "leave it in its schema"
          : fmt::format("keep the name and rename the class of the model only: __tablename__ = {}",
                        catalog::python_string(migration::display(operation.table.name)));
  if (!operation.table.name.known || !operation.table.schema.known || !rename.to.name.known ||
      !rename.to.schema.known) {
    return keep;
  }
  const std::string view = fmt::format("CREATE VIEW {} AS SELECT * FROM {}",
                                       identifier(operation.table), identifier(rename.to));
  return fmt::format(
      "{}\nor let a view stand for the old one till no release uses it, in this revision, after "
      "the rename:\nop.execute({})",
      keep, catalog::python_string(view));
}

// Whether the revision puts another schema in the place of the one that is renamed, or that one in
// the place of another.
bool is_schema_replaced(const Operation& renamed, const std::vector<Operation>& upgrade) {
  return std::any_of(upgrade.begin(), upgrade.end(), [&](const Operation& each) {
    const auto* create = each.as<migration::CreateObject>();
    const auto* rename = each.as<migration::RenameObject>();
    return (create != nullptr && create->kind == migration::ObjectKind::schema &&
            each.object.text == renamed.object.text) ||
           (rename != nullptr && rename->kind == migration::ObjectKind::schema &&
            (rename->to.text == renamed.object.text ||
             each.object.text == renamed.as<migration::RenameObject>()->to.text));
  });
}

// A schema that gets another name takes its tables with it.
std::optional<engine::Report> renamed_schema(const Operation& operation,
                                             const engine::StatementContext& context) {
  const auto* rename = operation.as<migration::RenameObject>();
  if (rename == nullptr || rename->kind != migration::ObjectKind::schema ||
      !operation.object.known ||
      is_schema_replaced(operation, context.revision.migration.upgrade)) {
    return std::nullopt;
  }
  std::vector<std::string> tables;
  for (const auto& [name, table] : context.before.tables) {
    if (name.schema == operation.object.text && !context.is_new(name)) {
      tables.push_back(name.name);
    }
  }
  if (tables.empty()) {
    return std::nullopt;
  }
  std::sort(tables.begin(), tables.end());
  return engine::Report{
      .operation = &operation,
      .message = fmt::format("the schema {} is renamed to {}, and with it the tables {}: the "
                             "release that runs meanwhile, and all that name them, fail",
                             migration::display(operation.object), migration::display(rename->to),
                             fmt::join(tables, ", ")),
      .help = "keep the name"};
}

std::vector<engine::Report> check_table_renamed(const engine::StatementContext& context) {
  std::vector<engine::Report> reports;
  for (std::size_t i = 0; i < context.operations.size(); ++i) {
    const Operation& operation = context.operations[i];
    if (auto report = renamed_schema(operation, context)) {
      reports.push_back(*std::move(report));
    }
    const auto* rename = operation.as<RenameTable>();
    if (rename == nullptr || !context.is_old(i) ||
        is_replaced(operation, context.revision.migration.upgrade)) {
      continue;
    }
    reports.push_back({.operation = &operation,
                       .message = fmt::format(
                           "the table {} is renamed to {}: the release that runs meanwhile, "
                           "and all that name the table, fail",
                           migration::display(operation.table), migration::display(rename->to)),
                       .help = help(operation, *rename)});
  }
  return reports;
}

}  // namespace

const engine::Rule table_renamed{
    .info = {.id = "table-renamed",
             .severity = finding::Severity::error,
             .summary = "A table that is in use gets another name or moves to another schema.",
             .explanation =
                 "The release that runs while the revision does, and the one that comes back if "
                 "the deploy is rolled back, name the table in all their statements, and fail.\n\n"
                 "Keep the name, or create a view with the old name in the same revision: "
                 "PostgreSQL writes through a view that only selects from one table."},
    .claim = {engine::ClaimKind::nothing},
    .check_statement = check_table_renamed};

}  // namespace gauger::rules
