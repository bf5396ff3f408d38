#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule lock_timeout_too_late;

}  // namespace gauger::rules
