#include "unit/repository.hpp"

namespace gauger::tests {

std::filesystem::path repository() { return GAUGER_ROOT; }

}  // namespace gauger::tests
