#include "base/utf8.hpp"

namespace gauger::base {
namespace {

struct Lead {
  std::size_t size = 0;   // 0: not the first byte of a code point
  unsigned bits = 0;      // of the value
  char32_t smallest = 0;  // a smaller value has a shorter form
};

Lead lead_of(unsigned char byte) {
  if ((byte & 0xE0U) == 0xC0U) {
    return {2, byte & 0x1FU, 0x80};
  }
  if ((byte & 0xF0U) == 0xE0U) {
    return {3, byte & 0x0FU, 0x800};
  }
  if ((byte & 0xF8U) == 0xF0U) {
    return {4, byte & 0x07U, 0x10000};
  }
  return {};
}

}  // namespace

CodePoint decode_utf8(std::string_view text, std::size_t offset) {
  const auto first = static_cast<unsigned char>(text[offset]);
  if (first < 0x80) {
    return {first, 1, true};
  }
  const CodePoint invalid{first, 1, false};
  const Lead lead = lead_of(first);
  if (lead.size == 0 || text.size() - offset < lead.size) {
    return invalid;
  }
  char32_t value = lead.bits;
  for (std::size_t i = 1; i < lead.size; ++i) {
    const auto byte = static_cast<unsigned char>(text[offset + i]);
    if ((byte & 0xC0U) != 0x80U) {
      return invalid;
    }
    value = (value << 6U) | (byte & 0x3FU);
  }
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < lead.smallest || value > 0x10FFFF || surrogate) {
    return invalid;
  }
  return {value, lead.size, true};
}

void append_utf8(std::string& text, char32_t value) {
  const auto tail = [&](unsigned shift) {
    text += static_cast<char>(0x80U | ((value >> shift) & 0x3FU));
  };
  if (value < 0x80) {
    text += static_cast<char>(value);
  } else if (value < 0x800) {
    text += static_cast<char>(0xC0U | (value >> 6U));
    tail(0);
  } else if (value < 0x10000) {
    text += static_cast<char>(0xE0U | (value >> 12U));
    tail(6);
    tail(0);
  } else {
    text += static_cast<char>(0xF0U | (value >> 18U));
    tail(12);
    tail(6);
    tail(0);
  }
}

std::string shorten(std::string_view text, std::size_t count) {
  std::size_t offset = 0;
  for (std::size_t i = 0; i < count && offset < text.size(); ++i) {
    offset += decode_utf8(text, offset).size;
  }
  std::string result(text.substr(0, offset));
  if (offset < text.size()) {
    result += "…";
  }
  return result;
}

}  // namespace gauger::base
