#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule bind_in_sql_text;

}  // namespace gauger::rules
