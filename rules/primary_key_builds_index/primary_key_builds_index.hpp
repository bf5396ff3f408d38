#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule primary_key_builds_index;

}  // namespace gauger::rules
