#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule change_blocked_by_view;

}  // namespace gauger::rules
