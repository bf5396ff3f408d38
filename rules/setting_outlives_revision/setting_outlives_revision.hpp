#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule setting_outlives_revision;

}  // namespace gauger::rules
