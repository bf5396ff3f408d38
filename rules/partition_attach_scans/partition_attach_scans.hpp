#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule partition_attach_scans;

}  // namespace gauger::rules
