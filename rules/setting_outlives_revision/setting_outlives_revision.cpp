#include "rules/setting_outlives_revision/setting_outlives_revision.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

namespace gauger::rules {

using migration::Operation;

namespace {

// Those that decide what a statement means, or what is checked.
bool matters(std::string_view name) {
  static constexpr std::array<std::string_view, 8> names = {
      "search_path", "role",      "session_authorization", "session_replication_role",
      "timezone",    "datestyle", "check_function_bodies", "row_security"};
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Whether a later operation sets it back, or to something else.
bool is_undone(const migration::SetParameter& set, std::size_t index,
               const std::vector<Operation>& upgrade) {
  return std::any_of(upgrade.begin() + static_cast<std::ptrdiff_t>(index) + 1, upgrade.end(),
                     [&](const Operation& later) {
                       const auto* other = later.as<migration::SetParameter>();
                       return other != nullptr && ((other->name == set.name && !other->local) ||
                                                   (other->reset && other->name == "all"));
                     });
}

std::vector<engine::Report> check_setting_outlives_revision(
    const engine::StatementContext& context) {
  std::vector<engine::Report> reports;
  for (std::size_t i = 0; i < context.operations.size(); ++i) {
    const auto* set = context.operations[i].as<migration::SetParameter>();
    if (set == nullptr || set->local || set->reset || !matters(set->name) ||
        is_undone(*set, context.first + i, context.revision.migration.upgrade)) {
      continue;
    }
    reports.push_back(
        {.operation = &context.operations[i],
         .message = fmt::format("{} stays changed for the revisions after this one", set->name),
         .help = context.session.in_transaction
                     ? fmt::format("op.execute(\"SET LOCAL {} = …\")", set->name)
                     : fmt::format("op.execute(\"RESET {}\") at the end", set->name)});
  }
  return reports;
}

}  // namespace

const engine::Rule setting_outlives_revision{
    .info = {.id = "setting-outlives-revision",
             .severity = finding::Severity::warning,
             .summary = "SET changes how later statements are read or checked, and stays when "
                        "the revision is done.",
             .explanation = "SET holds for the session: it survives the COMMIT, and the revisions "
                            "that run after this one find it changed. A search_path, a role or a "
                            "session_replication_role that was meant for one revision then makes "
                            "tables in another schema, or writes rows past their foreign keys.\n\n"
                            "`SET LOCAL` ends with the transaction; outside of one, RESET it."},
    .claim = {engine::ClaimKind::nothing},
    .check_statement = check_setting_outlives_revision};

}  // namespace gauger::rules
