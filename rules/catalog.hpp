// Every rule of migration-lint. The only list of them.
#pragma once

#include <span>

#include "engine/rule.hpp"

namespace gauger::rules {

// By id.
[[nodiscard]] std::span<const engine::Rule* const> catalog();

}  // namespace gauger::rules
