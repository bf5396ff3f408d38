#include "rules/type_change/type_change.hpp"

#include <cstddef>
#include <span>
#include <string>

#include <fmt/format.h>

#include "catalog/names.hpp"

namespace gauger::rules {

using migration::ChangeType;
using migration::Operation;

namespace {

std::string shown(const migration::Type& type) {
  return type.known() ? type.text : type.written.empty() ? "another type" : type.written;
}

const catalog::Column* column_of(const Operation& operation, const ChangeType& change,
                                 const catalog::Catalog& before) {
  const catalog::Table* table = before.find_table(operation.table);
  return table == nullptr ? nullptr : table->find_column(change.column.text);
}

std::string with_collation(const std::string& type, const std::string& collation) {
  return collation.empty() ? type : type + " COLLATE " + catalog::quote_identifier(collation);
}

// What the type is now: what the migration says, else what earlier ones have made of it.
std::string type_before(const ChangeType& change, const catalog::Column* column) {
  if (change.existing_type) {
    return with_collation(shown(*change.existing_type), change.existing_collation);
  }
  return column == nullptr ? std::string() : with_collation(column->type, column->collation);
}

// ALTER COLUMN … TYPE to the type that the column has does nothing.
bool stays(const ChangeType& change, const catalog::Column& column) {
  return column.certainty == catalog::Certainty::certain && change.type.known() &&
         column.type == change.type.text && change.using_.empty() &&
         column.collation == change.collation;
}

// Whether it is certain that no row is written or read and no index built.
bool is_brief(const Operation& operation, const engine::StatementContext& context) {
  const effect::Effect effect =
      effect::predict(std::span(&operation, 1), context.before, context.session);
  return effect.known && effect.work.empty() && !effect.failure;
}

std::vector<engine::Report> check_type_change(const engine::StatementContext& context) {
  std::vector<engine::Report> reports;
  for (std::size_t i = 0; i < context.operations.size(); ++i) {
    const Operation& operation = context.operations[i];
    if (!engine::changes_type(operation) || context.revision.created_here(context.first + i) ||
        context.is_new(operation.table)) {
      continue;
    }
    const auto& change = *operation.as<ChangeType>();
    const catalog::Column* column = column_of(operation, change, context.before);
    if (column != nullptr && stays(change, *column)) {
      continue;
    }
    const std::string before = type_before(change, column);
    const bool brief = column != nullptr && is_brief(operation, context);
    reports.push_back(
        {.operation = &operation,
         .message =
             fmt::format("the type of {}.{} changes {}to {}{}", migration::display(operation.table),
                         migration::display(change.column),
                         before.empty() ? "" : fmt::format("from {} ", before),
                         with_collation(shown(change.type), change.collation),
                         brief ? "; no row is written or read for it" : ""),
         .help = brief ? "prepared statements of running sessions fail once, with \"cached plan "
                         "must not change result type\"; where that is all right, say so: "
                         "# type-change: approved <reason>"
                       : "add a column of the new type, copy in batches and switch over; where a "
                         "change in place is meant, say so: # type-change: approved <reason>"});
  }
  return reports;
}

}  // namespace

const engine::Rule type_change{
    .info = {.id = "type-change",
             .severity = finding::Severity::error,
             .summary = "An operation in `upgrade()` changes the type of a column.",
             .explanation =
                 "Most changes of a type make PostgreSQL write the whole table and its indexes "
                 "anew under ACCESS EXCLUSIVE, which blocks reads and writes meanwhile, and values "
                 "that do not fit make it fail. Even one that writes nothing breaks prepared "
                 "statements of running sessions.\n\n"
                 "Grant it with `# type-change: approved` and a reason."},
    .tag = engine::TagKind::type_change,
    .claim = {engine::ClaimKind::nothing},
    .check_statement = check_type_change};

}  // namespace gauger::rules
