#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule concurrent_in_transaction;

}  // namespace gauger::rules
