#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule json_column;

}  // namespace gauger::rules
