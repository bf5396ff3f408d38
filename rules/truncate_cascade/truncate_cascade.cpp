#include "rules/truncate_cascade/truncate_cascade.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "effect/lookup.hpp"

namespace gauger::rules {

using migration::Operation;

namespace {

// The tables that the statement does not name and empties all the same.
std::vector<std::string> emptied_besides(const engine::StatementContext& context) {
  std::vector<const catalog::Table*> tables;
  const auto add = [&](const catalog::Table& table) {
    for (const auto* member : effect::family(context.before, table, effect::Scope::descendants)) {
      if (std::find(tables.begin(), tables.end(), member) == tables.end()) {
        tables.push_back(member);
      }
    }
  };
  for (const Operation& operation : context.operations) {
    if (const catalog::Table* table = context.before.find_table(operation.table)) {
      add(*table);
    }
  }
  const std::size_t named = tables.size();
  // NOLINTNEXTLINE(modernize-loop-convert): there are more of them after each turn
  for (std::size_t i = 0; i < tables.size(); ++i) {
    for (const effect::ForeignKey& key : effect::references_to(context.before, *tables[i])) {
      add(*key.table);
    }
  }
  std::vector<std::string> names;
  for (std::size_t i = named; i < tables.size(); ++i) {
    if (!context.is_new(tables[i]->name)) {
      names.push_back(catalog::display(tables[i]->name));
    }
  }
  return names;
}

std::vector<engine::Report> check_truncate_cascade(const engine::StatementContext& context) {
  const Operation& operation = context.operations.front();
  if (!operation.is<migration::Truncate>() || !operation.cascade) {
    return {};
  }
  const std::vector<std::string> names = emptied_besides(context);
  if (names.empty()) {
    return {};
  }
  std::vector<std::string> named;
  for (const Operation& each : context.operations) {
    named.push_back(migration::display(each.table));
  }
  return {{.operation = &operation,
           .message = fmt::format("TRUNCATE … CASCADE empties {}, too, by foreign keys",
                                  fmt::join(names, ", ")),
           .help = fmt::format("name all tables that are meant to be emptied, without CASCADE:\n"
                               "op.execute(\"TRUNCATE {}, {}\")",
                               fmt::join(named, ", "), fmt::join(names, ", "))}};
}

}  // namespace

const engine::Rule truncate_cascade{
    .info = {.id = "truncate-cascade",
             .severity = finding::Severity::error,
             .summary = "TRUNCATE … CASCADE empties tables that it does not name.",
             .explanation =
                 "CASCADE follows the foreign keys and empties every table that references the "
                 "one that is named, and those that reference them, whatever their ON DELETE says "
                 "and whether the rows reference anything. All are locked with ACCESS "
                 "EXCLUSIVE.\n\n"
                 "Name the tables; then PostgreSQL refuses what was not thought of."},
    .claim = {engine::ClaimKind::nothing},
    .check_statement = check_truncate_cascade};

}  // namespace gauger::rules
