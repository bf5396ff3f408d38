// Numbers of things, for people.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace gauger::base {

// "1 revision", "3 revisions": for nouns whose plural is made with an "s".
[[nodiscard]] std::string counted(std::size_t count, std::string_view singular);

}  // namespace gauger::base
