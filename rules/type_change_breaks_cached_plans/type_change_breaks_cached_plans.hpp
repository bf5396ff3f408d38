#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule type_change_breaks_cached_plans;

}  // namespace gauger::rules
