#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule enum_type_missing;

}  // namespace gauger::rules
