#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule foreign_key_validated_at_once;

}  // namespace gauger::rules
