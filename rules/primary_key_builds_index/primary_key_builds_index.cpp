#include "rules/primary_key_builds_index/primary_key_builds_index.hpp"

#include <fmt/format.h>

#include "engine/advice.hpp"
#include "engine/key_index.hpp"

namespace gauger::rules {

using migration::Operation;

namespace {

// The first key column that may be null: USING INDEX would make it NOT NULL, and read the table.
const catalog::Column* nullable_key(const Operation& add, const catalog::Table& table) {
  for (const migration::Name& name :
       std::get<migration::AddConstraint>(add.action).constraint.columns) {
    const catalog::Column* column = table.find_column(name.text);
    if (column != nullptr && column->nullable.value_or(false)) {
      return column;
    }
  }
  return nullptr;
}

std::string help_for(const Operation& add, const catalog::Table& table,
                     const catalog::Catalog& before) {
  const catalog::Column* nullable = nullable_key(add, table);
  const std::string first =
      nullable == nullptr
          ? std::string()
          : fmt::format(
                "{} may be null: make it NOT NULL first, with the help of a validated "
                "CHECK ({} IS NOT NULL), and then:\n",
                nullable->name, nullable->name);
  return first + engine::add_with_index(add, table, before);
}

std::vector<engine::Report> check_primary_key_builds_index(
    const engine::StatementContext& statement) {
  return engine::keys_that_build_an_index(statement, migration::ConstraintKind::primary_key,
                                          "primary key", help_for);
}

}  // namespace

const engine::Rule primary_key_builds_index{
    .info = {.id = "primary-key-builds-index",
             .severity = finding::Severity::error,
             .summary =
                 "A primary key is added to an existing table and builds its index under the "
                 "lock.",
             .explanation =
                 "ADD PRIMARY KEY takes ACCESS EXCLUSIVE and builds the index under it: nobody can "
                 "read "
                 "or write the table meanwhile. NOT VALID does not exist for it.\n\n"
                 "Build a unique index with `postgresql_concurrently=True` in an "
                 "`op.get_context().autocommit_block()`, then add the constraint with `USING "
                 "INDEX`, which is brief. Its columns must be NOT NULL before, or the whole "
                 "table is read for nulls."},
    .claim = {engine::ClaimKind::effect, effect::Lock::share, {effect::WorkKind::index_build}},
    .check_statement = check_primary_key_builds_index};

}  // namespace gauger::rules
