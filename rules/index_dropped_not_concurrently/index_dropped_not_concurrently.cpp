#include "rules/index_dropped_not_concurrently/index_dropped_not_concurrently.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "effect/lookup.hpp"
#include "engine/advice.hpp"
#include "engine/fixes.hpp"

namespace gauger::rules {

using migration::Operation;

namespace {

// Whether the revision drops a column of the index, which takes the lock anyway.
bool drops_column(const engine::StatementContext& statement, const effect::IndexPlace& place) {
  const std::vector<Operation>& upgrade = statement.revision.migration.upgrade;
  return std::any_of(upgrade.begin(), upgrade.end(), [&](const Operation& operation) {
    const auto* drop = operation.as<migration::DropColumn>();
    return drop != nullptr && catalog::qualified(operation.table) == place.table->name &&
           effect::uses_column(*place.index, drop->column.text).plain;
  });
}

// The table that loses an index which could go concurrently; null: none, or that cannot be told.
const catalog::Table* table_of(const Operation& operation,
                               const engine::StatementContext& statement) {
  if (!operation.is<migration::DropIndex>() || operation.concurrently || operation.cascade ||
      !operation.object.known || !operation.table.schema.known) {
    return nullptr;
  }
  const effect::IndexPlace place = effect::find_index(
      statement.before, {.schema = operation.table.schema.text, .name = operation.object.text},
      operation.table);
  if (place.table == nullptr || statement.is_new(place.table->name) ||
      effect::is_partitioned(*place.table) || place.index->inherited ||
      !place.index->constraint.empty() || statement.drops_table(place.table->name) ||
      drops_column(statement, place)) {
    return nullptr;
  }
  return place.table;
}

std::vector<engine::Report> check_index_dropped_not_concurrently(
    const engine::StatementContext& statement) {
  std::vector<engine::Report> reports;
  for (const Operation& operation : statement.operations) {
    const catalog::Table* table = table_of(operation, statement);
    if (table == nullptr) {
      continue;
    }
    const bool replaced = statement.revision.replaced_index(operation) != nullptr;
    Operation safe = operation;
    safe.concurrently = true;
    const std::array lines = {engine::directive(safe)};
    reports.push_back(
        {.operation = &operation,
         .message =
             fmt::format("dropping the index {} blocks reads and writes of {} (ACCESS "
                         "EXCLUSIVE lock) until the transaction ends",
                         migration::display(operation.object), catalog::display(table->name)),
         .help = fmt::format(
             "{}{}", replaced ? "when the new one is built:\n" : "",
             engine::autocommit_block(lines) + engine::block_note(operation, statement.revision)),
         // Queries would be without an index till the new one is built.
         .fix = replaced ? std::vector<base::Edit>{}
                         : engine::in_autocommit_block(operation, statement.revision,
                                                       "postgresql_concurrently=True")});
  }
  return reports;
}

}  // namespace

const engine::Rule index_dropped_not_concurrently{
    .info = {.id = "index-dropped-not-concurrently",
             .severity = finding::Severity::warning,
             .summary = "An index of an existing table is dropped without CONCURRENTLY.",
             .explanation =
                 "`DROP INDEX` takes ACCESS EXCLUSIVE on the index's table. It waits for every "
                 "transaction that has touched the table, everybody else waits behind it, and the "
                 "lock is held until the migration commits.\n\n"
                 "`op.drop_index(…, postgresql_concurrently=True)` inside of "
                 "`op.get_context().autocommit_block()` blocks nobody.",
             .fixable = true},
    .claim = {engine::ClaimKind::effect, effect::Lock::access_exclusive},
    .check_statement = check_index_dropped_not_concurrently};

}  // namespace gauger::rules
