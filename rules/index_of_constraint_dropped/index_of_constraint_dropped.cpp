#include "rules/index_of_constraint_dropped/index_of_constraint_dropped.hpp"

#include <string>

#include <fmt/format.h>

#include "catalog/definition.hpp"
#include "effect/lookup.hpp"
#include "engine/advice.hpp"

namespace gauger::rules {

using migration::Operation;

namespace {

// The foreign keys that need the constraint go before it.
std::string help(const Operation& drop, const catalog::Table& table,
                 const catalog::Catalog& before) {
  const catalog::Constraint* key = table.find_constraint(drop.object.text);
  std::string result;
  for (const effect::ForeignKey& each : effect::references_to(before, table)) {
    if (key != nullptr && !each.constraint->name.empty() &&
        effect::needs_key(*each.constraint, *key)) {
      const migration::DropConstraint foreign{migration::ConstraintKind::foreign_key};
      result +=
          engine::directive(catalog::on_table(each.table->name, foreign, each.constraint->name)) +
          "\n";
    }
  }
  return result + engine::directive(drop);
}

std::vector<engine::Report> check_index_of_constraint_dropped(
    const engine::StatementContext& statement) {
  std::vector<engine::Report> reports;
  for (const Operation& operation : statement.operations) {
    if (!operation.is<migration::DropIndex>() || !operation.object.known) {
      continue;
    }
    const effect::IndexPlace place = effect::find_index(
        statement.before, {.schema = operation.table.schema.text, .name = operation.object.text},
        operation.table);
    if (place.table == nullptr || place.index->constraint.empty() ||
        place.index->certainty != catalog::Certainty::certain ||
        place.table->certainty != catalog::Certainty::certain) {
      continue;
    }
    Operation drop = operation;
    drop.action = migration::DropConstraint{};
    drop.table.name.text = place.table->name.name;
    drop.object.text = place.index->constraint;
    drop.if_exists = false;
    reports.push_back(
        {.operation = &operation,
         .message = fmt::format("the index {} belongs to the constraint {} of {}: DROP INDEX fails",
                                place.index->name, place.index->constraint,
                                catalog::display(place.table->name)),
         .help = help(drop, *place.table, statement.before)});
  }
  return reports;
}

}  // namespace

const engine::Rule index_of_constraint_dropped{
    .info = {.id = "index-of-constraint-dropped",
             .severity = finding::Severity::error,
             .summary = "DROP INDEX is asked for the index of a constraint, which always fails.",
             .explanation =
                 "The index of a primary key, unique or exclusion constraint goes with the "
                 "constraint, and only so.\n\n"
                 "Use `op.drop_constraint`."},
    .claim = {engine::ClaimKind::failure},
    .check_statement = check_index_of_constraint_dropped};

}  // namespace gauger::rules
