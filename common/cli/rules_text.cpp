#include "cli/rules_text.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "base/json.hpp"
#include "base/nearest.hpp"

namespace gauger::cli {
namespace {

base::Json json_of(const finding::RuleInfo& rule) {
  base::Json json = {{"rule", rule.id},
                     {"severity", finding::name(rule.severity)},
                     {"summary", rule.summary},
                     {"explanation", rule.explanation},
                     {"enabled_by_default", rule.enabled_by_default},
                     {"fixable", rule.fixable}};
  if (!rule.claim.empty()) {
    json["claim"] = rule.claim;
  }
  return json;
}

std::string properties(const finding::RuleInfo& rule) {
  return fmt::format("{}{}{}", finding::name(rule.severity),
                     rule.enabled_by_default ? "" : ", off by default",
                     rule.fixable ? ", --fix" : "");
}

}  // namespace

std::string list_rules(std::span<const finding::RuleInfo> rules, RulesFormat format) {
  if (format == RulesFormat::json) {
    base::Json list = base::Json::array();
    for (const finding::RuleInfo& rule : rules) {
      list.push_back(json_of(rule));
    }
    return base::dump(list, base::JsonLayout::indented) + "\n";
  }
  std::size_t width = 0;
  for (const finding::RuleInfo& rule : rules) {
    width = std::max(width, rule.id.size());
  }
  std::string result;
  for (const finding::RuleInfo& rule : rules) {
    result += fmt::format("{:{}}  {}  [{}]\n", rule.id, width, rule.summary, properties(rule));
  }
  return result;
}

base::Result<std::string> explain_rule(std::span<const finding::RuleInfo> rules,
                                       std::string_view id, RulesFormat format) {
  const auto rule = std::find_if(rules.begin(), rules.end(),
                                 [&](const finding::RuleInfo& info) { return info.id == id; });
  if (rule == rules.end()) {
    std::vector<std::string_view> ids;
    for (const finding::RuleInfo& info : rules) {
      ids.push_back(info.id);
    }
    const auto meant = base::nearest(id, std::span<const std::string_view>(ids));
    return base::failure(
        {.kind = base::ErrorKind::usage,
         .message = fmt::format("there is no rule '{}'", id),
         .help = meant ? fmt::format("did you mean {}?", *meant) : "--list-rules lists them"});
  }
  if (format == RulesFormat::json) {
    return base::dump(json_of(*rule), base::JsonLayout::indented) + "\n";
  }
  std::string result = fmt::format("{} [{}]\n\n{}\n", rule->id, properties(*rule), rule->summary);
  if (!rule->explanation.empty()) {
    result += fmt::format("\n{}", rule->explanation);
    result += result.back() == '\n' ? "" : "\n";
  }
  return result;
}

}  // namespace gauger::cli
