#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule column_dropped_with_dependents;

}  // namespace gauger::rules
