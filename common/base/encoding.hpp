// The bytes of a Python source file as text, decoded as Python decodes them: UTF-8 with or without
// a byte order mark, or what a coding line in the first two lines says (PEP 263, and "Encoding
// declarations" in the Python Language Reference).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace gauger::base {

struct SourceText {
  std::string text;              // UTF-8, without a byte order mark, without NUL
  std::string encoding{};        // as the coding line names it, in lower case; empty: UTF-8
  bool byte_order_mark = false;  // the file began with one
};

// Valid UTF-8 without a coding line is moved, not copied. Error (unparsable, `path`, with its
// position): bytes that the encoding does not have, a NUL byte, an encoding that is not known.
[[nodiscard]] Result<SourceText> decode_source(std::string bytes, const std::string& path);

// The bytes to write so that the file keeps its encoding and its byte order mark. Error: a
// character that the encoding does not have.
[[nodiscard]] Result<std::string> encode_source(const SourceText& source, const std::string& path);

// The offset of the first byte that is not part of well-formed UTF-8 (no surrogates, no overlong
// forms, as in Unicode's table 3-7); nothing where all is well.
[[nodiscard]] std::optional<std::size_t> find_invalid_utf8(std::string_view bytes);

}  // namespace gauger::base
