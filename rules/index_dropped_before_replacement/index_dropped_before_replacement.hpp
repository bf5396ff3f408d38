#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule index_dropped_before_replacement;

}  // namespace gauger::rules
