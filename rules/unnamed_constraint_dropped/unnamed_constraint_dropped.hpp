#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule unnamed_constraint_dropped;

}  // namespace gauger::rules
