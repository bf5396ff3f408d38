#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule refused_by_alembic;

}  // namespace gauger::rules
