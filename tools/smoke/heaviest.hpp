// What was measured, as tables: for a terminal the statements that took longest, for a job summary
// all migrations.
#pragma once

#include <string>
#include <vector>

#include "report/report.hpp"
#include "tools/smoke/run.hpp"

namespace gauger::tools {

// Of all runs' upgrades; lines without a final line end, unescaped. Empty: nothing was traced.
[[nodiscard]] std::string heaviest(const std::vector<Run>& runs, std::size_t count);

// A row for each migration that ran: time, statements, and what the server did to tables that were
// there before.
[[nodiscard]] report::Table step_table(const std::vector<const Run*>& runs);

}  // namespace gauger::tools
