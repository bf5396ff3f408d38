#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule mixed_transaction;

}  // namespace gauger::rules
