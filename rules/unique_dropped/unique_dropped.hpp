#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule unique_dropped;

}  // namespace gauger::rules
