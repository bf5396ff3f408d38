#include "rules/enum_value_renamed/enum_value_renamed.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "effect/lookup.hpp"

namespace gauger::rules {

using migration::Operation;

namespace {

bool is_used(const catalog::QualifiedName& type, const engine::StatementContext& context) {
  const auto uses = effect::columns_of_type(context.before, type);
  return std::any_of(uses.begin(), uses.end(),
                     [&](const auto& use) { return !context.is_new(use.table->name); });
}

std::vector<engine::Report> check_enum_value_renamed(const engine::StatementContext& context) {
  std::vector<engine::Report> reports;
  for (const Operation& operation : context.operations) {
    const auto* rename = operation.as<migration::RenameEnumValue>();
    const auto type = catalog::qualified({operation.table.schema, operation.object});
    if (rename == nullptr || !type || !is_used(*type, context)) {
      continue;
    }
    reports.push_back(
        {.operation = &operation,
         .message =
             fmt::format("the release that still runs writes '{}', which {} does not have any "
                         "more",
                         rename->from, catalog::display(*type)),
         .help = fmt::format("add the new value in this release, and stop using the old one:\n"
                             "op.execute(\"ALTER TYPE {} ADD VALUE '{}' AFTER '{}'\")",
                             catalog::display(*type), rename->to, rename->from)});
  }
  return reports;
}

}  // namespace

const engine::Rule enum_value_renamed{
    .info = {.id = "enum-value-renamed",
             .severity = finding::Severity::error,
             .summary = "A value of an enum that is in use gets another name.",
             .explanation = "The rows have the new label at once, and no table is locked. But the "
                            "release that still runs writes the old one, and PostgreSQL answers "
                            "\"invalid input value for enum\"; what it reads, it does not know.\n\n"
                            "Add the new value, write it from the new release on, move the rows "
                            "over, and let the old value lie."},
    .claim = {engine::ClaimKind::nothing},
    .check_statement = check_enum_value_renamed};

}  // namespace gauger::rules
