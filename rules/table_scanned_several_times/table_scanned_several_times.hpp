#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule table_scanned_several_times;

}  // namespace gauger::rules
