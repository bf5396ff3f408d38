#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule index_of_constraint_dropped;

}  // namespace gauger::rules
