#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule sequence_not_advanced;

}  // namespace gauger::rules
