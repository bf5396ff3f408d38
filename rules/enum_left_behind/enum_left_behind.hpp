#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule enum_left_behind;

}  // namespace gauger::rules
