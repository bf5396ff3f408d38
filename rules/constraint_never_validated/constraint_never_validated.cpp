#include "rules/constraint_never_validated/constraint_never_validated.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace gauger::rules {

namespace {

// Whether the revision validates or drops it, or does what may be that.
bool is_settled(const catalog::Table& table, const catalog::Constraint& constraint,
                const migration::Migration& migration) {
  return std::any_of(
      migration.upgrade.begin(), migration.upgrade.end(), [&](const migration::Operation& each) {
        if (!each.understood()) {
          return true;
        }
        if (each.is<migration::DropTable>()) {
          return catalog::qualified(each.table) == table.name;
        }
        return (each.is<migration::ValidateConstraint>() || each.is<migration::DropConstraint>()) &&
               (!each.object.known || each.object.text == constraint.name);
      });
}

// Whether the pull request adds it: the next one may validate it.
bool is_new(const catalog::Constraint& constraint, const engine::RuleContext& context) {
  const auto adds = [&](const migration::Migration* migration) {
    return std::any_of(migration->upgrade.begin(), migration->upgrade.end(),
                       [&](const migration::Operation& each) {
                         const auto* add = each.as<migration::AddConstraint>();
                         return add != nullptr && (!add->constraint.name.known ||
                                                   add->constraint.name.text == constraint.name);
                       });
  };
  return std::any_of(context.pull_request.begin(), context.pull_request.end(), adds);
}

std::vector<engine::Report> check_constraint_never_validated(const engine::RuleContext& context) {
  std::vector<engine::Report> reports;
  if (!context.is_head || !context.before.complete) {
    return reports;
  }
  for (const auto& [name, table] : context.before.tables) {
    for (const catalog::Constraint& constraint : table.constraints) {
      const bool open = !constraint.valid && constraint.enforced && !constraint.inherited &&
                        !constraint.name.empty() &&
                        constraint.certainty == catalog::Certainty::certain;
      if (!open || is_settled(table, constraint, context.migration) ||
          is_new(constraint, context)) {
        continue;
      }
      reports.push_back(
          {.message = fmt::format("{} of {} was added NOT VALID, and no revision validates it",
                                  constraint.name, catalog::display(name)),
           .help = fmt::format("in a revision of its own:\n"
                               "op.execute(\"ALTER TABLE {} VALIDATE CONSTRAINT {}\")",
                               catalog::display(name), constraint.name)});
    }
  }
  return reports;
}

}  // namespace

const engine::Rule constraint_never_validated{
    .info = {.id = "constraint-never-validated",
             .severity = finding::Severity::warning,
             .summary = "A constraint was added NOT VALID, and no later revision validates "
                        "it.",
             .explanation = "A constraint that is NOT VALID holds for new rows only: old ones may "
                            "break it, the planner does not use it, and SET NOT NULL cannot rely "
                            "on it. Adding it so is right; the second half was forgotten.\n\n"
                            "Validate it in a revision of its own: `op.execute(\"ALTER TABLE … "
                            "VALIDATE CONSTRAINT …\")`."},
    .claim = {engine::ClaimKind::nothing},
    .check = check_constraint_never_validated};

}  // namespace gauger::rules
