#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule concurrent_index_on_partitioned_table;

}  // namespace gauger::rules
