#include "rules/opaque_operation/opaque_operation.hpp"

#include <fmt/format.h>

namespace gauger::rules {

using migration::Operation;

namespace {

std::vector<engine::Report> check_opaque_operation(const engine::RuleContext& context) {
  std::vector<engine::Report> reports;
  for (const Operation& operation : context.migration.upgrade) {
    const auto* opaque = operation.as<migration::Opaque>();
    if (opaque == nullptr) {
      continue;
    }
    reports.push_back(
        {.operation = &operation,
         .message = fmt::format("{} is not understood{}{}",
                                operation.directive.empty() ? "this" : operation.directive,
                                opaque->reason.empty() ? "" : ": ", opaque->reason),
         .help = "write it as directives of Alembic, or as SQL whose text stands in the file"});
  }
  return reports;
}

}  // namespace

const engine::Rule opaque_operation{
    .info = {.id = "opaque-operation",
             .severity = finding::Severity::warning,
             .summary = "A step of `upgrade()` cannot be understood without running it.",
             .explanation =
                 "SQL that is read from elsewhere, a dynamic EXECUTE in a DO block, a call into a "
                 "package that is not at hand: what they do to the schema is not known, so no rule "
                 "looks at them, and the rules know less of the tables in all revisions after "
                 "them.\n\n"
                 "Write directives, or constant SQL.",
             .enabled_by_default = false},
    .claim = {engine::ClaimKind::nothing},
    .check = check_opaque_operation};

}  // namespace gauger::rules
