#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule statement_fails;

}  // namespace gauger::rules
