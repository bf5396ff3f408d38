#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule unique_constraint_builds_index;

}  // namespace gauger::rules
