#include "rules/type_change_breaks_cached_plans/type_change_breaks_cached_plans.hpp"

#include <fmt/format.h>

namespace gauger::rules {

using migration::Operation;

namespace {

std::vector<engine::Report> check_type_change_breaks_cached_plans(
    const engine::StatementContext& context) {
  std::vector<engine::Report> reports;
  for (const Operation& operation : context.operations) {
    const auto* change = operation.as<migration::ChangeType>();
    if (change == nullptr || context.old_table(operation.table) == nullptr ||
        !engine::changes_type(operation)) {
      continue;
    }
    reports.push_back(
        {.operation = &operation,
         .message =
             fmt::format("sessions that have prepared a SELECT of {}.{} get \"cached plan must "
                         "not change result type\"",
                         migration::display(operation.table), migration::display(change->column)),
         .help = "recycle the application's connections after the deployment, or add a column of "
                 "another name"});
  }
  return reports;
}

}  // namespace

const engine::Rule type_change_breaks_cached_plans{
    .info = {.id = "type-change-breaks-cached-plans",
             .severity = finding::Severity::warning,
             .summary = "A column of a table in use changes its type, and prepared statements "
                        "of open sessions fail once.",
             .explanation = "A prepared statement whose result has another type now fails with "
                            "\"cached plan must not change result type\". psycopg 3 and asyncpg "
                            "prepare statements by themselves, so that an application without a "
                            "restart sees it.\n\n"
                            "Recycle the connections after the deployment. Off by default: "
                            "drivers retry or are restarted in many projects.",
             .enabled_by_default = false},
    .claim = {engine::ClaimKind::nothing},
    .check_statement = check_type_change_breaks_cached_plans};

}  // namespace gauger::rules
