#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule enum_value_renamed;

}  // namespace gauger::rules
