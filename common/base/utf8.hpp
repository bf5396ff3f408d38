// UTF-8 one code point at a time, for texts that may not be valid.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace gauger::base {

struct CodePoint {
  char32_t value = 0;    // of an invalid byte: the byte itself
  std::size_t size = 1;  // bytes it takes; 1 for an invalid byte
  bool valid = true;
};

// The code point that begins at `offset`, which must be below the text's size. Overlong forms,
// surrogates and values over U+10FFFF are invalid, byte by byte (RFC 3629).
[[nodiscard]] CodePoint decode_utf8(std::string_view text, std::size_t offset);

// `value` must be a code point.
void append_utf8(std::string& text, char32_t value);

// The first `count` code points, with "…" in place of the rest where there is more. An invalid
// byte counts as one.
[[nodiscard]] std::string shorten(std::string_view text, std::size_t count);

}  // namespace gauger::base
