#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule several_tables_locked;

}  // namespace gauger::rules
