// The Python that runs the project's Alembic.
#pragma once

#include <string_view>

namespace gauger::alembic {

// tracer.py and driver.py, whole.
[[nodiscard]] std::string_view driver_text();

}  // namespace gauger::alembic
