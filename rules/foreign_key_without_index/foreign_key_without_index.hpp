#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule foreign_key_without_index;

}  // namespace gauger::rules
