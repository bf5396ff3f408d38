// Goes through a migration statement by statement, with the catalog, the session and the
// transaction that each finds.
#pragma once

#include <functional>

#include "catalog/apply.hpp"
#include "engine/rule.hpp"

namespace gauger::engine {

// Applies each statement once it was visited. `changing` is the catalog that is context.before at
// first. `open` is what the transaction that the migration begins in has done before, and
// afterwards what the one that it ends in has done.
void walk_statements(const RuleContext& context, const catalog::Changing& changing,
                     OpenTransaction& open,
                     const std::function<void(const StatementContext&)>& visit);

}  // namespace gauger::engine
