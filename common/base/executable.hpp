// Which build of this program is running.
#pragma once

#include <string>

namespace gauger::base {

// Different for two executables that differ: the linker's build id, which is a hash of what it
// wrote, else the content hash of the file. Empty where neither can be read.
[[nodiscard]] std::string executable_id();

}  // namespace gauger::base
