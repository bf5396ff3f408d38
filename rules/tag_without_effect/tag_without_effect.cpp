#include "rules/tag_without_effect/tag_without_effect.hpp"

#include <algorithm>
#include <string>

#include <fmt/format.h>

namespace gauger::rules {
namespace {

std::string kind_of(const engine::Tag& tag) {
  switch (tag.kind) {
    case engine::TagKind::destructive:
      return "destroys anything";
    case engine::TagKind::empty:
      return "is empty";
    case engine::TagKind::backfill:
      return "makes a column NOT NULL";
    case engine::TagKind::type_change:
      return "changes a type";
    case engine::TagKind::ignore:
      return "is reported by that rule";
  }
  return {};
}

// Of several rules that a tag names, each has to find something.
void add_idle_rules(const engine::TagUse& use, std::vector<engine::Report>& reports) {
  if (use.silenced.empty()) {
    return;  // why it has a subject is not known
  }
  for (const std::string& id : use.idle) {
    const engine::Tag& tag = *use.tag;
    reports.push_back(
        {.module = tag.module,
         .span = engine::span_of_rule(tag, id),
         .message = fmt::format("{} in the tag has no effect: that rule reports nothing {}", id,
                                tag.whole_file ? "in the file" : "in what the tag covers"),
         .help = "take it out of the tag"});
  }
}

// There is no such rule, as unknown-tag says.
bool names_only_unknown(const engine::Tag& tag, const engine::RuleContext& context) {
  return !tag.rules.empty() &&
         std::all_of(tag.rules.begin(), tag.rules.end(), [&](const std::string& id) {
           return std::any_of(
               context.unknown_tags.begin(), context.unknown_tags.end(),
               [&](const auto& unknown) { return unknown.names_rule && unknown.written == id; });
         });
}

std::vector<engine::Report> check_tag_without_effect(const engine::RuleContext& context) {
  std::vector<engine::Report> reports;
  for (const engine::TagUse& use : context.tags) {
    const engine::Tag& tag = *use.tag;
    if (use.has_subject) {
      add_idle_rules(use, reports);
      continue;
    }
    if (tag.kind == engine::TagKind::ignore && names_only_unknown(tag, context)) {
      continue;  // as unknown-tag says
    }
    const std::string written(base::slice(tag.module->text, tag.span));
    const std::string where = tag.whole_file ? "in the file" : "in what it covers";
    reports.push_back(
        {.module = tag.module,
         .span = tag.span,
         .message =
             tag.kind == engine::TagKind::empty
                 ? fmt::format("the tag \"{}\" has no effect: upgrade() is not empty", written)
                 : fmt::format("the tag \"{}\" has no effect: nothing {} {}", written, where,
                               kind_of(tag)),
         .help = "put it above the statement that it is for, or delete it"});
  }
  return reports;
}

}  // namespace

const engine::Rule tag_without_effect{
    .info = {.id = "tag-without-effect",
             .severity = finding::Severity::warning,
             .summary = "A tag covers no operation of its kind.",
             .explanation =
                 "A tag that grants nothing misleads the reader, and grants what somebody adds "
                 "below it later. A tag in the file's head covers the file; one between `def "
                 "upgrade():` and its first statement covers the function; one at the end of a "
                 "statement's line, or alone above it, covers that statement and what is inside "
                 "it.\n\n"
                 "Whether the tag silenced a finding does not matter, only whether an operation of "
                 "its kind is there."},
    .claim = {engine::ClaimKind::nothing},
    .check = check_tag_without_effect,
    .about_tags = true};

}  // namespace gauger::rules
