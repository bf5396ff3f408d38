#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule tag_without_reason;

}  // namespace gauger::rules
