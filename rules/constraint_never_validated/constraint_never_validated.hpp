#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule constraint_never_validated;

}  // namespace gauger::rules
