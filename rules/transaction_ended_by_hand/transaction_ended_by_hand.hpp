#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule transaction_ended_by_hand;

}  // namespace gauger::rules
