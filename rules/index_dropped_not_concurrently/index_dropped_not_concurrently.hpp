#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule index_dropped_not_concurrently;

}  // namespace gauger::rules
