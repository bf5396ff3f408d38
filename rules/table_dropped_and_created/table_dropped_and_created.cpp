#include "rules/table_dropped_and_created/table_dropped_and_created.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace gauger::rules {

using migration::Operation;

namespace {

// Whether the table is created again, and nothing was copied out of it before.
bool created_again(const Operation& drop, std::size_t index, const engine::RuleContext& revision) {
  const auto& upgrade = revision.migration.upgrade;
  const auto at = upgrade.begin() + static_cast<std::ptrdiff_t>(index);
  const bool copied = std::any_of(upgrade.begin(), at, [](const Operation& earlier) {
    const auto* insert = earlier.as<migration::Insert>();
    const auto* create = earlier.as<migration::CreateTable>();
    return (insert != nullptr && insert->from_query) || (create != nullptr && create->from_query);
  });
  return !copied && std::any_of(at, upgrade.end(), [&](const Operation& later) {
    const auto* create = later.as<migration::CreateTable>();
    return create != nullptr && !create->temporary &&
           catalog::qualified(later.table) == catalog::qualified(drop.table) &&
           drop.table.name.known;
  });
}

std::vector<engine::Report> check_table_dropped_and_created(
    const engine::StatementContext& context) {
  std::vector<engine::Report> reports;
  for (std::size_t i = 0; i < context.operations.size(); ++i) {
    const Operation& operation = context.operations[i];
    if (!operation.is<migration::DropTable>() || context.old_table(operation.table) == nullptr ||
        !created_again(operation, context.first + i, context.revision)) {
      continue;
    }
    reports.push_back(
        {.operation = &operation,
         .message = fmt::format("{} is dropped and created again: its rows are lost",
                                migration::display(operation.table)),
         .help = "alter the table, or create the new one under another name, copy the rows and "
                 "rename it"});
  }
  return reports;
}

}  // namespace

const engine::Rule table_dropped_and_created{
    .info = {.id = "table-dropped-and-created",
             .severity = finding::Severity::error,
             .summary = "A table that has rows is dropped and created again under the same "
                        "name.",
             .explanation = "The rows are gone when the transaction commits. Autogenerate writes "
                            "this where a table was renamed and another got its name, or where "
                            "somebody wanted a clean slate.\n\n"
                            "Alter the table instead, or create the new one under another name, "
                            "copy the rows, and rename."},
    .tag = engine::TagKind::destructive,
    .claim = {engine::ClaimKind::nothing},
    .check_statement = check_table_dropped_and_created};

}  // namespace gauger::rules
