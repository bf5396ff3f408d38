#include "rules/unique_constraint_builds_index/unique_constraint_builds_index.hpp"

#include <fmt/format.h>

#include "engine/advice.hpp"
#include "engine/key_index.hpp"

namespace gauger::rules {

using migration::Operation;

namespace {

std::string help_for_unique(const Operation& add, const catalog::Table& table,
                            const catalog::Catalog& before) {
  return fmt::format("{}{}", engine::column_first(add), engine::add_with_index(add, table, before));
}

std::vector<engine::Report> check_unique_constraint_builds_index(
    const engine::StatementContext& statement) {
  return engine::keys_that_build_an_index(statement, migration::ConstraintKind::unique,
                                          "unique constraint", help_for_unique);
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
    .claim = {engine::ClaimKind::effect, effect::Lock::share, {effect::WorkKind::index_build}},
    .check_statement = check_unique_constraint_builds_index};

}  // namespace gauger::rules
