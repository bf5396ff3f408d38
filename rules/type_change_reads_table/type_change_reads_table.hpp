#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule type_change_reads_table;

}  // namespace gauger::rules
