#pragma once

#include <filesystem>

namespace gauger::tests {

// The root of Gauger's repository, for tests that read sample projects and cases.
[[nodiscard]] std::filesystem::path repository();

}  // namespace gauger::tests
