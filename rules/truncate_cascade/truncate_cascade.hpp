#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule truncate_cascade;

}  // namespace gauger::rules
