#pragma once

#include "engine/rule.hpp"

namespace gauger::rules {

extern const engine::Rule application_model_imported;

}  // namespace gauger::rules
