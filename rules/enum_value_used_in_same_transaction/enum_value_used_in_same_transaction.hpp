#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule enum_value_used_in_same_transaction;

}  // namespace gauger::rules
