#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule unreviewed_autogenerate;

}  // namespace gauger::rules
