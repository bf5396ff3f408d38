#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule rows_changed_under_lock;

}  // namespace gauger::rules
