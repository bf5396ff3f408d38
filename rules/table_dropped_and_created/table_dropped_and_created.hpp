#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule table_dropped_and_created;

}  // namespace gauger::rules
