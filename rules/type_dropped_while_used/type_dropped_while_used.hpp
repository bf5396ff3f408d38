#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule type_dropped_while_used;

}  // namespace gauger::rules
