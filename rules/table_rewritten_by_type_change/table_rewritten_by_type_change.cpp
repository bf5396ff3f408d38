#include "rules/table_rewritten_by_type_change/table_rewritten_by_type_change.hpp"

#include <algorithm>
#include <span>
#include <string>

#include <fmt/format.h>

#include "catalog/render.hpp"

namespace gauger::rules {

using migration::ChangeType;
using migration::Operation;

namespace {

// Of the operation alone, whatever else the statement does.
bool rewrites_rows(const Operation& operation, const engine::StatementContext& context) {
  const effect::Effect effect =
      effect::predict(std::span(&operation, 1), context.before, context.session);
  return std::any_of(effect.work.begin(), effect.work.end(), [&](const effect::Work& work) {
    return work.kind == effect::WorkKind::rewrite && !context.is_new(work.table);
  });
}

std::string type_before(const Operation& operation, const ChangeType& change,
                        const catalog::Catalog& before) {
  const catalog::Table* table = before.find_table(operation.table);
  const auto* column = table == nullptr ? nullptr : table->find_column(change.column.text);
  return column == nullptr || column->type.empty() ? "its type" : column->type;
}

std::string help(const Operation& operation, const ChangeType& change) {
  migration::Column column{
      .name = {migration::display(change.column) + "_new"}, .type = change.type, .nullable = true};
  const Operation add{.action = migration::AddColumn{column}, .table = operation.table};
  return fmt::format(
      "add a column of the new type beside it,\n{}\nlet the application or a trigger write both, "
      "copy the rows that are there in batches, switch over, and drop the old one in a later "
      "release; where the table is small: # type-change: approved <reason>",
      catalog::alembic(add));
}

std::vector<engine::Report> check_table_rewritten_by_type_change(
    const engine::StatementContext& context) {
  std::vector<engine::Report> reports;
  for (const Operation& operation : context.operations) {
    const auto* change = operation.as<ChangeType>();
    if (change == nullptr || !rewrites_rows(operation, context)) {
      continue;
    }
    const std::string name = migration::display(operation.table);
    reports.push_back(
        {.operation = &operation,
         .message = fmt::format("{}.{} changes from {} to {}: PostgreSQL writes all of {} and its "
                                "indexes anew under ACCESS EXCLUSIVE",
                                name, migration::display(change->column),
                                type_before(operation, *change, context.before),
                                change->type.known() ? change->type.text : "another", name),
         .help = help(operation, *change)});
  }
  return reports;
}

}  // namespace

const engine::Rule table_rewritten_by_type_change{
    .info = {.id = "table-rewritten-by-type-change",
             .severity = finding::Severity::error,
             .summary = "A column changes to a type for which PostgreSQL writes the whole table "
                        "anew.",
             .explanation =
                 "Where the old values are not stored as the new type stores them, `ALTER COLUMN "
                 "… TYPE` writes the table and all its indexes anew under ACCESS EXCLUSIVE, which "
                 "blocks reads and writes meanwhile. Types that only widen (`varchar(50)` to "
                 "`varchar(100)` or `text`, `numeric(10,2)` to `numeric(12,2)`) do not.\n\n"
                 "Add a column of the new type, copy in batches and switch over; or grant it with "
                 "`# type-change: approved` and a reason."},
    .tag = engine::TagKind::type_change,
    .claim = {engine::ClaimKind::effect,
              effect::Lock::access_exclusive,
              {effect::WorkKind::rewrite}},
    .check_statement = check_table_rewritten_by_type_change};

}  // namespace gauger::rules
