#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule not_null_dropped;

}  // namespace gauger::rules
