#include "rules/unique_dropped/unique_dropped.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "effect/lookup.hpp"

namespace gauger::rules {

using migration::Operation;

namespace {

// The unique index, or that of the constraint, that the operation drops; null: none.
const catalog::Index* dropped(const Operation& operation, const catalog::Table*& table,
                              const engine::StatementContext& context) {
  if (operation.is<migration::DropIndex>()) {
    const auto name = catalog::qualified({operation.table.schema, operation.object});
    const effect::IndexPlace place =
        name ? effect::find_index(context.before, *name, operation.table) : effect::IndexPlace{};
    table = place.table;
    return place.table != nullptr && place.index->unique ? place.index : nullptr;
  }
  table = operation.is<migration::DropConstraint>() ? context.before.find_table(operation.table)
                                                    : nullptr;
  const auto* constraint =
      table == nullptr ? nullptr : table->find_constraint(operation.object.text);
  return constraint != nullptr && constraint->kind == catalog::ConstraintKind::unique
             ? table->find_index(constraint->name)
             : nullptr;
}

bool has_other(const catalog::Table& table, const catalog::Index& gone) {
  return std::any_of(table.indexes.begin(), table.indexes.end(), [&](const auto& each) {
    return each.name != gone.name && each.unique && each.valid && each.keys == gone.keys &&
           each.predicate == gone.predicate;
  });
}

std::vector<engine::Report> check_unique_dropped(const engine::StatementContext& context) {
  std::vector<engine::Report> reports;
  for (const Operation& operation : context.operations) {
    const catalog::Table* table = nullptr;
    const catalog::Index* gone = dropped(operation, table, context);
    if (gone == nullptr || context.is_new(table->name) || has_other(*table, *gone) ||
        context.drops_table(table->name)) {
      continue;
    }
    reports.push_back({.operation = &operation,
                       .message = fmt::format("without {}, an INSERT … ON CONFLICT on its columns "
                                              "of {} fails, and nothing keeps duplicates out",
                                              gone->name, catalog::display(table->name)),
                       .help = "create the unique index that takes its place first, concurrently, "
                               "with the same columns"});
  }
  return reports;
}

}  // namespace

const engine::Rule unique_dropped{
    .info = {.id = "unique-dropped",
             .severity = finding::Severity::warning,
             .summary = "A unique constraint or index of a table that is in use is dropped, "
                        "and upserts that rely on it fail.",
             .explanation = "`INSERT … ON CONFLICT (column)` needs a unique constraint or index "
                            "on that column: without it PostgreSQL answers \"there is no unique "
                            "or exclusion constraint matching the ON CONFLICT specification\". "
                            "Nothing keeps duplicates out from then on, and bringing it back "
                            "needs a table without any.\n\n"
                            "Make the one that takes its place first. Off by default: whether "
                            "anything relies on it is not to be seen here.",
             .enabled_by_default = false},
    .claim = {engine::ClaimKind::nothing},
    .check_statement = check_unique_dropped};

}  // namespace gauger::rules
