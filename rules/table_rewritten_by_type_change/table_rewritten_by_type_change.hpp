#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule table_rewritten_by_type_change;

}  // namespace gauger::rules
