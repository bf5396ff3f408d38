// check-linear-history: is the history a single chain, ordered by Create Date?
#pragma once

#include <optional>
#include <string>

#include "cli/run_tool.hpp"

namespace gauger::tools {

struct CheckLinearHistoryOptions {
  std::optional<std::string> fix;  // "dates": raise the dates that are before their parent's
};

// `options` is written by the command line and must outlive the tool.
[[nodiscard]] cli::Tool make_check_linear_history(CheckLinearHistoryOptions& options);

}  // namespace gauger::tools
