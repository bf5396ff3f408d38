#include "rules/reindex_not_concurrent/reindex_not_concurrent.hpp"

#include <array>

#include <fmt/format.h>

#include "effect/lookup.hpp"
#include "engine/advice.hpp"

namespace gauger::rules {

using migration::Operation;

namespace {

// The table whose indexes are built anew; null: none that others can see, or not known.
const catalog::Table* rebuilt_table(const engine::StatementContext& statement) {
  for (const effect::Work* work : statement.work(effect::WorkKind::index_build)) {
    if (const auto* table = effect::find_table(statement.before, work->table)) {
      return table;
    }
  }
  return nullptr;
}

// The index of an exclusion constraint has no concurrent form.
bool is_of_exclusion(const Operation& reindex, const catalog::Table& table) {
  const catalog::Index* index = table.find_index(reindex.object.text);
  const catalog::Constraint* owner =
      index == nullptr ? nullptr : table.find_constraint(index->constraint);
  return owner != nullptr && owner->kind == catalog::ConstraintKind::exclude;
}

std::vector<engine::Report> check_reindex_not_concurrent(
    const engine::StatementContext& statement) {
  std::vector<engine::Report> reports;
  for (const Operation& operation : statement.operations) {
    const auto* reindex = operation.as<migration::Reindex>();
    if (reindex == nullptr || operation.concurrently) {
      continue;
    }
    const catalog::Table* table = rebuilt_table(statement);
    const bool single = reindex->kind == migration::ReindexKind::index;
    if (table == nullptr || (single && is_of_exclusion(operation, *table))) {
      continue;
    }
    Operation safe = operation;
    safe.concurrently = true;
    const std::array lines = {engine::directive(safe)};
    reports.push_back({.operation = &operation,
                       .message = fmt::format(
                           "REINDEX blocks writes to {} (SHARE lock), and reads that use {} "
                           "(ACCESS EXCLUSIVE lock)",
                           catalog::display(table->name), single ? "the index" : "its indexes"),
                       .help = engine::autocommit_block(lines)});
  }
  return reports;
}

}  // namespace

const engine::Rule reindex_not_concurrent{
    .info = {.id = "reindex-not-concurrent",
             .severity = finding::Severity::error,
             .summary = "An index of an existing table is built anew without CONCURRENTLY.",
             .explanation =
                 "REINDEX takes SHARE on the table, so that nobody can write to it, and ACCESS "
                 "EXCLUSIVE on the index, so that no query that uses it can run, while it reads "
                 "the whole table.\n\n"
                 "`REINDEX … CONCURRENTLY` in an `op.get_context().autocommit_block()` lets both "
                 "go on."},
    .claim = {engine::ClaimKind::effect, effect::Lock::share, {effect::WorkKind::index_build}},
    .check_statement = check_reindex_not_concurrent};

}  // namespace gauger::rules
