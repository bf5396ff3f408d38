#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule unknown_tag;

}  // namespace gauger::rules
