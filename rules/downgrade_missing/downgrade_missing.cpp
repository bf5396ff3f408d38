#include "rules/downgrade_missing/downgrade_missing.hpp"

namespace gauger::rules {
namespace {

std::vector<engine::Report> check_downgrade_missing(const engine::RuleContext& context) {
  const migration::Migration& migration = context.migration;
  if (!migration.upgrade_acts || context.is_merge || migration.downgrade_raises ||
      !migration.downgrade.empty()) {
    return {};
  }
  return {{.message = migration.has_downgrade ? "downgrade() does nothing, and upgrade() does"
                                              : "there is no downgrade()",
           .help = "undo what upgrade() does, or raise NotImplementedError"}};
}

}  // namespace

const engine::Rule downgrade_missing{
    .info = {.id = "downgrade-missing",
             .severity = finding::Severity::warning,
             .summary = "A revision changes something, and its `downgrade()` does nothing.",
             .explanation = "`alembic downgrade` then succeeds without undoing anything, and the "
                            "next upgrade fails on what is there already.\n\n"
                            "Undo what `upgrade()` does, or `raise NotImplementedError` so that "
                            "nobody believes it was done. Off by default: some teams never "
                            "downgrade.",
             .enabled_by_default = false},
    .claim = {engine::ClaimKind::nothing},
    .check = check_downgrade_missing,
    .reads_downgrade = migration::ReadDowngrade::always};

}  // namespace gauger::rules
