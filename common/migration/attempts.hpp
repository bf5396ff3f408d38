// Whether a failure is caught.
#pragma once

#include "eval/value.hpp"

namespace gauger::migration {

// Whether the place stands in the body of a `try` one of whose handlers goes on: it does not end
// in a `raise`.
[[nodiscard]] bool is_attempted(const eval::Place& place);

}  // namespace gauger::migration
