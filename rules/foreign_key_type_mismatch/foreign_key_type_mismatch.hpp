#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule foreign_key_type_mismatch;

}  // namespace gauger::rules
