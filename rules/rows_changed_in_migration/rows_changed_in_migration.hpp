#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule rows_changed_in_migration;

}  // namespace gauger::rules
