// --list-rules and --explain.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "finding/finding.hpp"

namespace gauger::cli {

enum class RulesFormat : std::uint8_t { text, json };

[[nodiscard]] std::string list_rules(std::span<const finding::RuleInfo> rules, RulesFormat format);

// Error (usage) where no rule has that id.
[[nodiscard]] base::Result<std::string> explain_rule(std::span<const finding::RuleInfo> rules,
                                                     std::string_view id, RulesFormat format);

}  // namespace gauger::cli
