#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule exclusion_constraint_on_existing_table;

}  // namespace gauger::rules
