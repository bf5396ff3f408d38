#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule enum_created_twice;

}  // namespace gauger::rules
