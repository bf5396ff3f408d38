#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule destructive_operation;

}  // namespace gauger::rules
