// check-linear-history: is the history a single chain, ordered by Create Date?
#pragma once

#include <optional>
#include <string>

#include "cli/run_tool.hpp"

namespace gauger::tools {

struct CheckLinearHistoryOptions {
  // "dates": raise the dates that are before their parent's; "order": stack the revisions that the
  // base does not have on the base's head.
  std::optional<std::string> fix;
  std::optional<std::string> base;  // check the history as merging it would make it
  bool fix_applied = false;         // --fix=dates moves the dates of the base's revisions, too
};

// `options` is written by the command line and must outlive the tool.
[[nodiscard]] cli::Tool make_check_linear_history(CheckLinearHistoryOptions& options);

}  // namespace gauger::tools
