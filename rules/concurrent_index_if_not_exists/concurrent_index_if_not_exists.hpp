#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule concurrent_index_if_not_exists;

}  // namespace gauger::rules
