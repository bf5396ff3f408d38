#include "base/counted.hpp"

#include <fmt/format.h>

namespace gauger::base {

std::string counted(std::size_t count, std::string_view singular) {
  return fmt::format("{} {}{}", count, singular, count == 1 ? "" : "s");
}

}  // namespace gauger::base
