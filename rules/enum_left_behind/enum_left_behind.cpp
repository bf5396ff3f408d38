#include "rules/enum_left_behind/enum_left_behind.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace gauger::rules {

using migration::Operation;

namespace {

// Whether there was such a type before: one that is exchanged stays.
bool is_exchanged(const Operation& create, const engine::RuleContext& context) {
  const auto& enums = context.before.enums;
  const auto& upgrade = context.migration.upgrade;
  return std::any_of(enums.begin(), enums.end(),
                     [&](const auto& each) { return each.first.name == create.object.text; }) ||
         std::any_of(upgrade.begin(), upgrade.end(), [&](const Operation& each) {
           return each.is<migration::RenameType>() && each.object.text == create.object.text;
         });
}

std::vector<engine::Report> check_enum_left_behind(const engine::RuleContext& context) {
  std::vector<engine::Report> reports;
  const auto& downgrade = context.migration.downgrade;
  const bool understood =
      !downgrade.empty() && std::all_of(downgrade.begin(), downgrade.end(),
                                        [](const Operation& each) { return each.understood(); });
  if (!understood || context.migration.downgrade_raises) {
    return reports;
  }
  for (const Operation& operation : context.migration.upgrade) {
    if (!operation.is<migration::CreateEnum>() || operation.if_not_exists || operation.may_run ||
        !operation.object.known) {
      continue;
    }
    const bool dropped =
        std::any_of(downgrade.begin(), downgrade.end(), [&](const Operation& each) {
          const auto* drop = each.as<migration::DropObject>();
          return drop != nullptr &&
                 ((drop->kind == migration::ObjectKind::type &&
                   (!each.object.known || each.object.text == operation.object.text)) ||
                  drop->kind == migration::ObjectKind::schema);
        });
    if (!dropped && !is_exchanged(operation, context)) {
      reports.push_back({.operation = &operation,
                         .message = fmt::format(
                             "downgrade() leaves the type {} behind, and the next upgrade fails "
                             "on it",
                             migration::display(operation.object)),
                         .help = fmt::format(
                             "at the end of downgrade():\nsa.Enum(name=\"{}\").drop(op.get_bind())",
                             migration::display(operation.object))});
    }
  }
  return reports;
}

}  // namespace

const engine::Rule enum_left_behind{
    .info = {.id = "enum-left-behind",
             .severity = finding::Severity::warning,
             .summary = "`upgrade()` makes an enum that `downgrade()` leaves behind, so that "
                        "the next upgrade fails.",
             .explanation = "`op.create_table` creates the enums of its columns; `op.drop_table` "
                            "does not drop them. After a downgrade the type is still there, and "
                            "the next `alembic upgrade` answers \"type already exists\".\n\n"
                            "Drop it at the end of `downgrade()`: "
                            "`sa.Enum(name=\"…\").drop(op.get_bind())`."},
    .claim = {engine::ClaimKind::nothing},
    .check = check_enum_left_behind,
    .reads_downgrade = migration::ReadDowngrade::where_enums_are_made};

}  // namespace gauger::rules
