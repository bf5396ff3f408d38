#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule constraint_validated_under_lock;

}  // namespace gauger::rules
