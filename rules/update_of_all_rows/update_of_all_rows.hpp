#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule update_of_all_rows;

}  // namespace gauger::rules
