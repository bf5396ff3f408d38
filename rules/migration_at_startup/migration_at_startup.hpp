#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule migration_at_startup;

}  // namespace gauger::rules
