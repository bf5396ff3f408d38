#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule duplicate_index;

}  // namespace gauger::rules
