#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule reference_data_in_application;

}  // namespace gauger::rules
