#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule view_locked_by_replacement;

}  // namespace gauger::rules
