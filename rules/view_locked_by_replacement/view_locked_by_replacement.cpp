#include "rules/view_locked_by_replacement/view_locked_by_replacement.hpp"

#include <fmt/format.h>

namespace gauger::rules {

using migration::Operation;

namespace {

std::vector<engine::Report> check_view_locked_by_replacement(
    const engine::StatementContext& context) {
  std::vector<engine::Report> reports;
  for (const Operation& operation : context.operations) {
    const auto* create = operation.as<migration::CreateView>();
    const auto view = catalog::qualified({operation.table.schema, operation.object});
    const auto named = catalog::qualified(operation.table);
    const bool replaces = create != nullptr && create->or_replace &&
                          ((view && context.before.views.contains(*view)) ||
                           (named && context.before.views.contains(*named)));
    const bool rule =
        operation.is<migration::CreateRule>() && context.old_table(operation.table) != nullptr;
    if (replaces || rule) {
      reports.push_back(
          {.operation = &operation,
           .message = replaces ? "nobody can read the view till the transaction ends (ACCESS "
                                 "EXCLUSIVE lock)"
                               : fmt::format("nobody can read {} till the transaction ends (ACCESS "
                                             "EXCLUSIVE lock)",
                                             migration::display(operation.table)),
           .help = "do it last in the revision, or in one of its own"});
    }
  }
  return reports;
}

}  // namespace

const engine::Rule view_locked_by_replacement{
    .info = {.id = "view-locked-by-replacement",
             .severity = finding::Severity::warning,
             .summary = "A view that is in use is replaced, or a table gets a rewrite rule, "
                        "and its readers wait till the transaction ends.",
             .explanation = "`CREATE OR REPLACE VIEW` takes ACCESS EXCLUSIVE on the view, and "
                            "`CREATE RULE` on its table: brief by themselves, but held to the end "
                            "of the transaction. A replaced view may get further columns, but "
                            "keeps those it has.\n\n"
                            "Do it last in the revision, or in one of its own.",
             .enabled_by_default = false},
    .claim = {engine::ClaimKind::effect, effect::Lock::access_exclusive},
    .check_statement = check_view_locked_by_replacement};

}  // namespace gauger::rules
