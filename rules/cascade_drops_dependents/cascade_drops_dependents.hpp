#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule cascade_drops_dependents;

}  // namespace gauger::rules
