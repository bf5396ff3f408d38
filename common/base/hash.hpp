// A fast hash of contents, to tell whether something has changed. Not for secrets.
#pragma once

#include <string>
#include <string_view>

namespace gauger::base {

// 128 bits (XXH3) as 32 hexadecimal digits.
[[nodiscard]] std::string content_hash(std::string_view bytes);

}  // namespace gauger::base
