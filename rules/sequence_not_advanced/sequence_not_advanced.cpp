#include "rules/sequence_not_advanced/sequence_not_advanced.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace gauger::rules {

using migration::Operation;

namespace {

bool fills_itself(const catalog::Column& column) {
  return column.identity != migration::Identity::none ||
         (column.default_ && column.default_->find("nextval(") != std::string::npos);
}

std::vector<engine::Report> check_sequence_not_advanced(const engine::StatementContext& context) {
  std::vector<engine::Report> reports;
  for (const Operation& operation : context.operations) {
    const auto* insert = operation.as<migration::Insert>();
    const catalog::Table* table =
        insert == nullptr ? nullptr : context.before.find_table(operation.table);
    const std::string& text = operation.sites.back().module->text;
    if (table == nullptr || text.find("setval(") != std::string::npos ||
        text.find("RESTART") != std::string::npos) {
      continue;
    }
    const auto column =
        std::find_if(insert->columns.begin(), insert->columns.end(), [&](const auto& name) {
          const catalog::Column* known = table->find_column(name);
          return known != nullptr && fills_itself(*known);
        });
    if (column != insert->columns.end()) {
      const std::string name = catalog::display(table->name);
      reports.push_back(
          {.operation = &operation,
           .message =
               fmt::format("{}.{} is given by hand, and its sequence does not know: the next "
                           "INSERT may get the same",
                           name, *column),
           .help = fmt::format("afterwards:\nop.execute(\"SELECT setval(pg_get_serial_sequence("
                               "'{0}', '{1}'), max({1})) FROM {0}\")",
                               name, *column)});
    }
  }
  return reports;
}

}  // namespace

const engine::Rule sequence_not_advanced{
    .info = {.id = "sequence-not-advanced",
             .severity = finding::Severity::warning,
             .summary = "Rows get explicit values of a serial or identity column, whose "
                        "sequence stays where it is.",
             .explanation = "The sequence is not told of values that are written by hand. The "
                            "next row that the application adds gets the same number, and fails "
                            "on the primary key.\n\n"
                            "Afterwards: `SELECT setval(pg_get_serial_sequence('t', 'id'), "
                            "max(id)) FROM t`. Off by default: nobody adds rows to many of the "
                            "tables that are filled so.",
             .enabled_by_default = false},
    .claim = {engine::ClaimKind::nothing},
    .check_statement = check_sequence_not_advanced};

}  // namespace gauger::rules
