#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule foreign_key_dropped_with_lock;

}  // namespace gauger::rules
