#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule empty_migration;

}  // namespace gauger::rules
