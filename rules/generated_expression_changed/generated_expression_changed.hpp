#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule generated_expression_changed;

}  // namespace gauger::rules
