#include "rules/concurrent_index_on_partitioned_table/concurrent_index_on_partitioned_table.hpp"

#include <fmt/format.h>

#include "effect/lookup.hpp"
#include "engine/advice.hpp"

namespace gauger::rules {

using migration::Operation;

namespace {

std::string drop_help(const Operation& drop) {
  Operation plain = drop;
  plain.concurrently = false;
  return "there is no concurrent form; in a transaction of its own the lock is short:\n"
         "op.execute(\"SET LOCAL lock_timeout = '3s'\")\n" +
         engine::directive(plain);
}

// The partitioned table whose index the operation makes or drops; null: none.
const catalog::Table* table_of(const Operation& operation, const catalog::Catalog& before) {
  const catalog::Table* table = nullptr;
  if (operation.is<migration::CreateIndex>()) {
    table = before.find_table(operation.table);
  } else if (operation.is<migration::DropIndex>() && operation.object.known) {
    table = effect::find_index(
                before, {.schema = operation.table.schema.text, .name = operation.object.text},
                operation.table)
                .table;
  }
  return table != nullptr && effect::is_partitioned(*table) ? table : nullptr;
}

std::vector<engine::Report> check_concurrent_index_on_partitioned_table(
    const engine::StatementContext& statement) {
  std::vector<engine::Report> reports;
  for (const Operation& operation : statement.operations) {
    const catalog::Table* table = table_of(operation, statement.before);
    if (table == nullptr || !operation.concurrently) {
      continue;
    }
    const bool creates = operation.is<migration::CreateIndex>();
    reports.push_back(
        {.operation = &operation,
         .message = fmt::format("an index of the partitioned table {} cannot be {} concurrently: "
                                "the statement fails",
                                catalog::display(table->name), creates ? "created" : "dropped"),
         .help = creates ? engine::index_by_partition(operation, *table, statement.before)
                         : drop_help(operation)});
  }
  return reports;
}

}  // namespace

const engine::Rule concurrent_index_on_partitioned_table{
    .info = {.id = "concurrent-index-on-partitioned-table",
             .severity = finding::Severity::error,
             .summary = "An index of a partitioned table is created or dropped concurrently, which "
                        "always fails.",
             .explanation =
                 "PostgreSQL has CONCURRENTLY for tables and for single partitions, not for the "
                 "partitioned table above them.\n\n"
                 "Create the index `ON ONLY` the partitioned table, build one concurrently on each "
                 "partition, and attach those with `ALTER INDEX … ATTACH PARTITION`."},
    .claim = {engine::ClaimKind::failure},
    .check_statement = check_concurrent_index_on_partitioned_table};

}  // namespace gauger::rules
