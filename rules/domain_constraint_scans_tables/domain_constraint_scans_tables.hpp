#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule domain_constraint_scans_tables;

}  // namespace gauger::rules
