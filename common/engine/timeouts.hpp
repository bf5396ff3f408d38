// The timeouts that a statement runs under.
#pragma once

#include <string>
#include <string_view>

#include "engine/rule.hpp"

namespace gauger::engine {

// Whether the revision has set it before, to more than 0, or env.py names it.
[[nodiscard]] bool has_lock_timeout(const StatementContext& statement);
[[nodiscard]] bool has_statement_timeout(const StatementContext& statement);

// The directive that sets it for the statement: for its transaction, or for the session where the
// statement has none.
[[nodiscard]] std::string set_timeout(const StatementContext& statement, std::string_view name,
                                      std::string_view value);
// For a message that there is none, where there has been one.
[[nodiscard]] std::string_view why_none(const effect::Timeout& timeout);

}  // namespace gauger::engine
