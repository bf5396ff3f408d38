#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule trigger_created_with_lock;

}  // namespace gauger::rules
