#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule column_added_by_rewrite;

}  // namespace gauger::rules
