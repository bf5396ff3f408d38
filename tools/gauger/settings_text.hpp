// The gauger.toml that `gauger init` writes.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "finding/finding.hpp"

namespace gauger::tools {

struct InitialSettings {
  std::optional<std::string> alembic{};  // where it would not be found without
  std::vector<std::string> schema_paths{};
  std::optional<std::string> baseline{};  // nothing: every revision is checked
  std::vector<std::string> branches{};    // labels that have a head each
  std::vector<std::string> python{};      // the command that the project's files name
  std::span<const finding::RuleInfo> optional_rules{};
};

// TOML with a comment for each key; keys that keep their default are comments themselves.
[[nodiscard]] std::string settings_text(const InitialSettings& settings);

}  // namespace gauger::tools
