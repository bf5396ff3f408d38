// The timeouts that a statement runs under.
#pragma once

#include "engine/rule.hpp"

namespace gauger::engine {

// Whether the revision has set it before, to more than 0, or env.py names it.
[[nodiscard]] bool has_lock_timeout(const StatementContext& statement);
[[nodiscard]] bool has_statement_timeout(const StatementContext& statement);

}  // namespace gauger::engine
