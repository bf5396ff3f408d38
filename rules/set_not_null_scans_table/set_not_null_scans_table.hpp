#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule set_not_null_scans_table;

}  // namespace gauger::rules
