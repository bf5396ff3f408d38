// check-heads: does the history have one head, and can Alembic load it?
#pragma once

#include <optional>
#include <string>

#include "cli/run_tool.hpp"

namespace gauger::tools {

struct CheckHeadsOptions {
  std::optional<std::string> graph;   // "text" or "mermaid"
  std::optional<std::string> around;  // a revision; implies a graph
  std::optional<std::string> base;    // check what merging it would produce, too
};

// `options` is written by the command line and must outlive the tool.
[[nodiscard]] cli::Tool make_check_heads(CheckHeadsOptions& options);

}  // namespace gauger::tools
