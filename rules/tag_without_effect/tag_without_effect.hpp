#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule tag_without_effect;

}  // namespace gauger::rules
