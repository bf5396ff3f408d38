// Schemas as projects have them, at random: the same for the same seed.
#pragma once

#include <string>
#include <vector>

namespace live {

// CREATE statements of so many tables, with what they need, all of which can be filled.
std::string random_schema(unsigned seed, unsigned tables);

}  // namespace live
