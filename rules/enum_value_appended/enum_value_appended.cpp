#include "rules/enum_value_appended/enum_value_appended.hpp"

#include <fmt/format.h>

namespace gauger::rules {

using migration::Operation;

namespace {

std::vector<engine::Report> check_enum_value_appended(const engine::StatementContext& context) {
  std::vector<engine::Report> reports;
  for (const Operation& operation : context.operations) {
    const auto* add = operation.as<migration::AddEnumValue>();
    if (add != nullptr && add->neighbour.empty()) {
      reports.push_back({.operation = &operation,
                         .message = fmt::format("'{}' becomes the greatest value of {}", add->label,
                                                migration::display(operation.object)),
                         .help = "say where it belongs: ADD VALUE '…' BEFORE '…', or AFTER"});
    }
  }
  return reports;
}

}  // namespace

const engine::Rule enum_value_appended{
    .info = {.id = "enum-value-appended",
             .severity = finding::Severity::warning,
             .summary = "A value is added to an enum without saying where, and becomes the "
                        "greatest.",
             .explanation = "Enum values compare and sort in the order of the type. Without "
                            "BEFORE or AFTER the new one comes last, and that cannot be changed "
                            "later.\n\n"
                            "Say `BEFORE` or `AFTER` where the order means something. Off by "
                            "default, since for most enums it does not.",
             .enabled_by_default = false},
    .claim = {engine::ClaimKind::nothing},
    .check_statement = check_enum_value_appended};

}  // namespace gauger::rules
