#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule autocommit_in_own_transaction;

}  // namespace gauger::rules
