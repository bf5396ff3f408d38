// The fields of what git's plumbing writes.
#pragma once

#include <algorithm>
#include <string_view>

namespace gauger::git {

// The text up to `end`, which is taken off `rest` with it; all of it where there is none.
[[nodiscard]] inline std::string_view take_until(std::string_view& rest, char end) {
  const std::size_t at = std::min(rest.find(end), rest.size());
  const std::string_view part = rest.substr(0, at);
  rest.remove_prefix(std::min(at + 1, rest.size()));
  return part;
}

}  // namespace gauger::git
