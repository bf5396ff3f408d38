#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule enum_synced_by_rewrite;

}  // namespace gauger::rules
