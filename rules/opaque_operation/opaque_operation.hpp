#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule opaque_operation;

}  // namespace gauger::rules
