#include "rules/unknown_tag/unknown_tag.hpp"

#include <utility>

#include <fmt/format.h>

namespace gauger::rules {
namespace {

// Which rule an ignore is for cannot be guessed.
std::vector<base::Edit> fix_of(const engine::UnknownTag& tag) {
  if (tag.meant.empty() || tag.meant.find("rule-id") != std::string::npos) {
    return {};
  }
  return {{tag.span, tag.meant}};
}

std::vector<engine::Report> check_unknown_tag(const engine::RuleContext& context) {
  std::vector<engine::Report> reports;
  for (const engine::UnknownTag& tag : context.unknown_tags) {
    engine::Report report{.module = tag.module, .span = tag.span, .message{}, .fix = fix_of(tag)};
    if (tag.names_rule) {
      report.message =
          fmt::format("there is no rule '{}', so the tag does not silence it", tag.written);
      report.help = tag.meant.empty() ? "`migration-lint --list-rules` lists them"
                                      : fmt::format("did you mean '{}'?", tag.meant);
    } else {
      report.message = fmt::format("\"{}\" is not a tag, so it grants nothing", tag.written);
      report.help = fmt::format("write: # {}", tag.meant);
    }
    reports.push_back(std::move(report));
  }
  return reports;
}

}  // namespace

const engine::Rule unknown_tag{
    .info = {.id = "unknown-tag",
             .severity = finding::Severity::warning,
             .summary = "A comment looks like a tag, but is misspelled.",
             .explanation =
                 "A misspelled tag grants nothing, and its author believes that it does. The tags "
                 "are `# destructive: approved`, `# empty: allow`, `# backfill: ok`, "
                 "`# type-change: approved` and `# gauger: ignore[rule-id]`; text behind them is "
                 "the reason.",
             .fixable = true},
    .claim = {engine::ClaimKind::nothing},
    .check = check_unknown_tag,
    .about_tags = true};

}  // namespace gauger::rules
