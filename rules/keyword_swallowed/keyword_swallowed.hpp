#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule keyword_swallowed;

}  // namespace gauger::rules
