#include <cstdint>
#include <string>

#include "python/syntax.hpp"

namespace gauger::python {
namespace {

int digit_value(char digit) {
  if (digit >= '0' && digit <= '9') {
    return digit - '0';
  }
  const char lower = static_cast<char>(digit | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

void append_utf8(std::string& out, std::uint32_t code) {
  if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) {
    code = 0xFFFD;  // a lone surrogate has no UTF-8
  }
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0U | (code >> 6U));
    out += static_cast<char>(0x80U | (code & 0x3FU));
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0U | (code >> 12U));
    out += static_cast<char>(0x80U | ((code >> 6U) & 0x3FU));
    out += static_cast<char>(0x80U | (code & 0x3FU));
  } else {
    out += static_cast<char>(0xF0U | (code >> 18U));
    out += static_cast<char>(0x80U | ((code >> 12U) & 0x3FU));
    out += static_cast<char>(0x80U | ((code >> 6U) & 0x3FU));
    out += static_cast<char>(0x80U | (code & 0x3FU));
  }
}

// Reads up to `most` digits of `radix` from `at`; returns how many there were.
std::size_t read_digits(std::string_view body, std::size_t at, std::size_t most, int radix,
                        std::uint32_t& value) {
  std::size_t count = 0;
  value = 0;
  while (count < most && at + count < body.size()) {
    const int digit = digit_value(body[at + count]);
    if (digit < 0 || digit >= radix) {
      break;
    }
    value = value * static_cast<std::uint32_t>(radix) + static_cast<std::uint32_t>(digit);
    ++count;
  }
  return count;
}

// At the character behind a backslash. Returns how many characters the escape took, 0 for one
// that Python leaves as it is.
std::size_t decode_one(std::string_view body, std::size_t at, std::string& out) {
  std::uint32_t code = 0;
  switch (body[at]) {
    case '\n':
      return 1;
    case '\r':
      return at + 1 < body.size() && body[at + 1] == '\n' ? 2 : 1;
    case '\\':
    case '\'':
    case '"':
      out += body[at];
      return 1;
    case 'a':
      out += '\a';
      return 1;
    case 'b':
      out += '\b';
      return 1;
    case 'f':
      out += '\f';
      return 1;
    case 'n':
      out += '\n';
      return 1;
    case 'r':
      out += '\r';
      return 1;
    case 't':
      out += '\t';
      return 1;
    case 'v':
      out += '\v';
      return 1;
    case 'x':
    case 'u':
    case 'U': {
      const std::size_t wanted = body[at] == 'x' ? 2 : body[at] == 'u' ? 4 : 8;
      if (read_digits(body, at + 1, wanted, 16, code) != wanted) {
        return 0;
      }
      append_utf8(out, code);
      return wanted + 1;
    }
    default:
      break;
  }
  const std::size_t octal = read_digits(body, at, 3, 8, code);
  if (octal > 0) {
    append_utf8(out, code);
  }
  return octal;
}

}  // namespace

std::string decode_escapes(std::string_view body) {
  std::string out;
  out.reserve(body.size());
  for (std::size_t i = 0; i < body.size(); ++i) {
    if (body[i] != '\\' || i + 1 == body.size()) {
      out += body[i];
      continue;
    }
    const std::size_t taken = decode_one(body, i + 1, out);
    if (taken == 0) {
      out += '\\';
    }
    i += taken;
  }
  return out;
}

}  // namespace gauger::python
