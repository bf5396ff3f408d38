#include "rules/column_assigned_twice/column_assigned_twice.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace gauger::rules {

using migration::Operation;

namespace {

std::vector<engine::Report> check_column_assigned_twice(const engine::StatementContext& context) {
  std::vector<engine::Report> reports;
  for (const Operation& operation : context.operations) {
    const auto* update = operation.as<migration::Update>();
    const auto* insert = operation.as<migration::Insert>();
    if ((update == nullptr && insert == nullptr) || !operation.from_sql) {
      continue;
    }
    const auto& columns = update != nullptr ? update->assigned : insert->updated;
    const auto twice = std::find_if(columns.begin(), columns.end(), [&](const auto& column) {
      return std::count(columns.begin(), columns.end(), column) > 1;
    });
    if (twice != columns.end()) {
      reports.push_back(
          {.operation = &operation,
           .message = fmt::format("{} is assigned twice, and PostgreSQL refuses that", *twice),
           .help = "leave one of the two out"});
    }
  }
  return reports;
}

}  // namespace

const engine::Rule column_assigned_twice{
    .info = {.id = "column-assigned-twice",
             .severity = finding::Severity::error,
             .summary = "An UPDATE or ON CONFLICT DO UPDATE assigns a column twice, which "
                        "PostgreSQL refuses.",
             .explanation = "\"multiple assignments to same column\": the revision fails.\n\n"
                            "Leave one of the two out."},
    .claim = {engine::ClaimKind::failure},
    .check_statement = check_column_assigned_twice};

}  // namespace gauger::rules
