#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule table_exists_already;

}  // namespace gauger::rules
