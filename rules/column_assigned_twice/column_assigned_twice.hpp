#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule column_assigned_twice;

}  // namespace gauger::rules
