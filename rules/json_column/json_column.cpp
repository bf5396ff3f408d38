#include "rules/json_column/json_column.hpp"

#include <fmt/format.h>

namespace gauger::rules {

using migration::Operation;

namespace {

void look_at(const Operation& operation, const migration::Name& column, const migration::Type& type,
             std::vector<engine::Report>& reports) {
  if (type.text == "json") {
    reports.push_back(
        {.operation = &operation,
         .message = fmt::format("{}.{} is json: DISTINCT and GROUP BY over it fail",
                                migration::display(operation.table), migration::display(column)),
         .help = "postgresql.JSONB()"});
  }
}

std::vector<engine::Report> check_json_column(const engine::RuleContext& context) {
  std::vector<engine::Report> reports;
  for (const Operation& operation : context.migration.upgrade) {
    if (const auto* create = operation.as<migration::CreateTable>()) {
      for (const migration::Column& column : create->columns) {
        look_at(operation, column.name, column.type, reports);
      }
    } else if (const auto* add = operation.as<migration::AddColumn>()) {
      look_at(operation, add->column.name, add->column.type, reports);
    } else if (const auto* change = operation.as<migration::ChangeType>()) {
      look_at(operation, change->column, change->type, reports);
    }
  }
  return reports;
}

}  // namespace

const engine::Rule json_column{
    .info = {.id = "json-column",
             .severity = finding::Severity::warning,
             .summary = "A column is of type json, which has no equality.",
             .explanation = "SELECT DISTINCT, GROUP BY and UNION over a json column fail with "
                            "\"could not identify an equality operator for type json\"; it cannot "
                            "be indexed, and is parsed anew each time.\n\n"
                            "`postgresql.JSONB` has all of that. json keeps the text as it was "
                            "written, which is seldom wanted.",
             .enabled_by_default = false},
    .claim = {engine::ClaimKind::nothing},
    .check = check_json_column};

}  // namespace gauger::rules
