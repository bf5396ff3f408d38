// The Python that runs the project's Alembic.
#pragma once

#include <string_view>

namespace gauger::alembic {

// driver.py, whole.
[[nodiscard]] std::string_view driver_text();

}  // namespace gauger::alembic
