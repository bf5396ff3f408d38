#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule default_text_is_literal;

}  // namespace gauger::rules
