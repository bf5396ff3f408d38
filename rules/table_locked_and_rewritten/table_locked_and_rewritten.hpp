#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule table_locked_and_rewritten;

}  // namespace gauger::rules
