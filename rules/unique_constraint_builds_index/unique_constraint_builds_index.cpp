#include "rules/unique_constraint_builds_index/unique_constraint_builds_index.hpp"

#include <fmt/format.h>

#include "engine/advice.hpp"

namespace gauger::rules {

using migration::Operation;

namespace {

std::string help_for(const Operation& add, const catalog::Table& table,
                     const catalog::Catalog& before) {
  return fmt::format("{}{}", engine::column_first(add), engine::add_with_index(add, table, before));
}

std::vector<engine::Report> check(const engine::StatementContext& statement) {
  std::vector<engine::Report> reports;
  const auto& failure = statement.effect.failure;
  if (failure && failure->kind == effect::FailureKind::always) {
    return reports;
  }
  for (const Operation& operation : statement.operations) {
    const auto* add = operation.as<migration::AddConstraint>();
    const catalog::Table* table = statement.old_table(operation.table);
    if (add == nullptr || add->constraint.kind != migration::ConstraintKind::unique ||
        !add->constraint.using_index.absent() || table == nullptr ||
        statement.work(effect::WorkKind::index_build).empty()) {
      continue;
    }
    reports.push_back(
        {.operation = &operation,
         .message = fmt::format("{} builds its index while reads and writes of {} are blocked "
                                "(ACCESS EXCLUSIVE lock)",
                                engine::named("unique constraint", add->constraint),
                                catalog::display(table->name)),
         .help = help_for(operation, *table, statement.before)});
  }
  return reports;
}

}  // namespace

const engine::Rule unique_constraint_builds_index{
    .info = {.id = "unique-constraint-builds-index",
             .severity = finding::Severity::error,
             .summary =
                 "A unique constraint is added to an existing table and builds its index under the "
                 "lock.",
             .explanation =
                 "ADD UNIQUE takes ACCESS EXCLUSIVE and builds the index under it: nobody can read "
                 "or write the table meanwhile. NOT VALID does not exist for it.\n\n"
                 "Build a unique index with `postgresql_concurrently=True` in an "
                 "`op.get_context().autocommit_block()`, then add the constraint with `USING "
                 "INDEX`, which is brief."},
    .check_statement = check};

}  // namespace gauger::rules
