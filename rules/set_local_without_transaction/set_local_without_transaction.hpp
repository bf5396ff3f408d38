#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule set_local_without_transaction;

}  // namespace gauger::rules
