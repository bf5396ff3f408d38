#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule table_without_primary_key;

}  // namespace gauger::rules
