#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule no_lock_timeout;

}  // namespace gauger::rules
