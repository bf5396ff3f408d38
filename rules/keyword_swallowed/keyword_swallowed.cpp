#include "rules/keyword_swallowed/keyword_swallowed.hpp"

#include <algorithm>
#include <string>

#include <fmt/format.h>

namespace gauger::rules {

using migration::Swallowed;

namespace {

std::string help(const Swallowed& swallowed) {
  if (swallowed.meant.empty()) {
    return fmt::format("take it out, or look up what op.{} calls it", swallowed.directive);
  }
  return fmt::format(
      "did you mean {}=? A database that has run this revision lacks what it was to do: there it "
      "takes another revision",
      swallowed.meant);
}

std::vector<engine::Report> check_keyword_swallowed(const engine::RuleContext& context) {
  std::vector<engine::Report> reports;
  for (const Swallowed& swallowed : context.migration.swallowed) {
    const eval::Place& place = swallowed.place;
    const std::string message =
        fmt::format("{} ignores {}= in silence", swallowed.directive, swallowed.keyword);
    // A call in a loop is read more than once.
    const bool known =
        std::any_of(reports.begin(), reports.end(), [&](const engine::Report& report) {
          return report.module == place.module && report.span == place.span &&
                 report.message == message;
        });
    if (!known) {
      reports.push_back({.module = place.module,
                         .span = place.span,
                         .message = message,
                         .help = help(swallowed)});
    }
  }
  return reports;
}

}  // namespace

const engine::Rule keyword_swallowed{
    .info = {.id = "keyword-swallowed",
             .severity = finding::Severity::error,
             .summary = "A keyword is given to a directive that ignores it without a word.",
             .explanation =
                 "`op.alter_column` and `op.drop_column` take any keyword, for the sake of "
                 "dialects, and leave those that none knows. `op.alter_column(\"users\", "
                 "\"name\", _type=sa.Text())` runs, is stamped, and changes nothing.\n\n"
                 "Write the keyword that Alembic knows: `type_=`, `server_default=`, "
                 "`new_column_name=`, `postgresql_using=`."},
    .claim = {engine::ClaimKind::nothing},
    .check = check_keyword_swallowed};

}  // namespace gauger::rules
