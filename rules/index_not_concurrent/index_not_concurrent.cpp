#include "rules/index_not_concurrent/index_not_concurrent.hpp"

#include <array>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "effect/lookup.hpp"
#include "engine/advice.hpp"
#include "engine/fixes.hpp"

namespace gauger::rules {

using migration::Operation;

namespace {

std::string named(const Operation& operation) {
  return operation.object.absent() ? "an index"
                                   : "the index " + migration::display(operation.object);
}

std::string concurrently(const Operation& create, const engine::ReplacedIndex* replaced) {
  Operation safe = create;
  safe.concurrently = true;
  safe.if_not_exists = false;
  const std::array lines = {engine::directive(safe)};
  const std::string_view with_column =
      create.directive == "add_column" ? "leave index=True out, and build the index by itself:\n"
                                       : "";
  const std::string first =
      replaced
          ? fmt::format(
                "build it before {} is dropped{}:\n", migration::display(replaced->drop->object),
                replaced->drop->object.text == create.object.text ? ", under another name" : "")
          : std::string();
  return fmt::format("{}{}{}", with_column, first, engine::autocommit_block(lines));
}

std::vector<engine::Report> check_index_not_concurrent(const engine::StatementContext& statement) {
  std::vector<engine::Report> reports;
  for (const Operation& operation : statement.operations) {
    const auto* create = operation.as<migration::CreateIndex>();
    const catalog::Table* table = statement.old_table(operation.table);
    if (create == nullptr || table == nullptr || operation.concurrently ||
        statement.work(effect::WorkKind::index_build).empty()) {
      continue;
    }
    const bool partitioned = effect::is_partitioned(*table);
    if (partitioned && create->index.only) {
      continue;
    }
    const engine::ReplacedIndex* replaced = statement.revision.replaced_index(operation);
    reports.push_back(
        {.operation = &operation,
         .message = fmt::format("{} is built while writes to {}{} are blocked (SHARE lock)",
                                named(operation), catalog::display(table->name),
                                partitioned ? " and all its partitions" : ""),
         .help = partitioned ? engine::index_by_partition(operation, *table, statement.before)
                             : concurrently(operation, replaced) +
                                   engine::block_note(operation, statement.revision),
         .fix = partitioned || operation.if_not_exists || replaced != nullptr
                    ? std::vector<base::Edit>{}
                    : engine::in_autocommit_block(operation, statement.revision,
                                                  "postgresql_concurrently=True")});
  }
  return reports;
}

}  // namespace

const engine::Rule index_not_concurrent{
    .info = {.id = "index-not-concurrent",
             .severity = finding::Severity::error,
             .summary = "An index is built on an existing table without CONCURRENTLY.",
             .explanation =
                 "The build reads the whole table and holds a SHARE lock all the while, to the end "
                 "of the transaction: no row can be inserted, updated or deleted.\n\n"
                 "`op.create_index(…, postgresql_concurrently=True)` inside of "
                 "`op.get_context().autocommit_block()` lets writes go on. A table that the "
                 "revision makes itself is empty and needs none of this.",
             .fixable = true},
    .claim = {engine::ClaimKind::effect, effect::Lock::share, {effect::WorkKind::index_build}},
    .check_statement = check_index_not_concurrent};

}  // namespace gauger::rules
