// The statements that took longest, as a table for a terminal.
#pragma once

#include <string>
#include <vector>

#include "tools/smoke/run.hpp"

namespace gauger::tools {

// Of all runs' upgrades; lines without a final line end, unescaped. Empty: nothing was traced.
[[nodiscard]] std::string heaviest(const std::vector<Run>& runs, std::size_t count);

}  // namespace gauger::tools
