#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule partition_detach_blocks;

}  // namespace gauger::rules
