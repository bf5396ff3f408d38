// Goes through a migration statement by statement, with the catalog, the session and the
// transaction that each finds.
#pragma once

#include <functional>

#include "catalog/apply.hpp"
#include "engine/rule.hpp"

namespace gauger::engine {

// `before` is the same catalog as context.before; it changes as the walk goes on and is as it was
// in the end.
void walk_statements(const RuleContext& context, catalog::Catalog& before, catalog::Hints& hints,
                     const std::function<void(const StatementContext&)>& visit);

}  // namespace gauger::engine
