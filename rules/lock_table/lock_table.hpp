#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule lock_table;

}  // namespace gauger::rules
