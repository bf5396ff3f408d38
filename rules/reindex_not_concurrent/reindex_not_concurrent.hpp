#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule reindex_not_concurrent;

}  // namespace gauger::rules
