#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule downgrade_missing;

}  // namespace gauger::rules
