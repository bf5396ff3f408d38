#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule identifier_too_long;

}  // namespace gauger::rules
