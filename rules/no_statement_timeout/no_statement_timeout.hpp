#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule no_statement_timeout;

}  // namespace gauger::rules
