#include "rules/tag_without_reason/tag_without_reason.hpp"

#include <fmt/format.h>

namespace gauger::rules {
namespace {

std::vector<engine::Report> check_tag_without_reason(const engine::RuleContext& context) {
  std::vector<engine::Report> reports;
  if (!context.settings.require_reason) {
    return reports;
  }
  for (const engine::TagUse& use : context.tags) {
    const engine::Tag& tag = *use.tag;
    if (tag.reason.empty()) {
      reports.push_back(
          {.module = tag.module,
           .span = tag.span,
           .message = fmt::format("the tag \"{}\" gives no reason, and lint.require-reason is set",
                                  base::slice(tag.module->text, tag.span)),
           .help = "write the reason behind the tag, on the same line"});
    }
  }
  return reports;
}

}  // namespace

const engine::Rule tag_without_reason{
    .info = {.id = "tag-without-reason",
             .severity = finding::Severity::error,
             .summary = "A tag gives no reason, where the team's `require-reason` asks for one.",
             .explanation =
                 "With `require-reason = true` in `[lint]`, every tag has to say why: the text "
                 "behind it on the same line. Without that setting the rule finds nothing."},
    .claim = {engine::ClaimKind::nothing},
    .check = check_tag_without_reason,
    .about_tags = true};

}  // namespace gauger::rules
