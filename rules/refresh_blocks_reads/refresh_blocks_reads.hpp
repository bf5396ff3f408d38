#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule refresh_blocks_reads;

}  // namespace gauger::rules
