#include <cstdint>
#include <cstring>

#include "base/encoding.hpp"

namespace gauger::base {
namespace {

constexpr std::uint64_t high_bits = 0x8080808080808080U;

std::uint64_t load_word(const char* at) {
  std::uint64_t word = 0;
  std::memcpy(&word, at, sizeof word);
  return word;
}

// The first offset at or after `from` that is not ASCII; the size where there is none.
std::size_t skip_ascii(std::string_view bytes, std::size_t from) {
  while (from + 16 <= bytes.size()) {
    const char* at = bytes.data() + from;
    if (((load_word(at) | load_word(at + 8)) & high_bits) != 0) {
      break;
    }
    from += 16;
  }
  while (from < bytes.size() && static_cast<unsigned char>(bytes[from]) < 0x80U) {
    ++from;
  }
  return from;
}

// The length of the well-formed sequence of two to four bytes at `from`; 0 where it is none.
std::size_t sequence_length(std::string_view bytes, std::size_t from) {
  const auto byte = [&](std::size_t i) {
    return from + i < bytes.size() ? static_cast<unsigned char>(bytes[from + i]) : 0U;
  };
  const auto continues = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const unsigned lead = byte(0);
  if (lead >= 0xC2U && lead <= 0xDFU) {
    return continues(1) ? 2 : 0;
  }
  if (lead >= 0xE0U && lead <= 0xEFU) {
    const bool overlong = lead == 0xE0U && byte(1) < 0xA0U;
    const bool surrogate = lead == 0xEDU && byte(1) > 0x9FU;
    return !overlong && !surrogate && continues(1) && continues(2) ? 3 : 0;
  }
  if (lead >= 0xF0U && lead <= 0xF4U) {
    const bool overlong = lead == 0xF0U && byte(1) < 0x90U;
    const bool too_large = lead == 0xF4U && byte(1) > 0x8FU;
    return !overlong && !too_large && continues(1) && continues(2) && continues(3) ? 4 : 0;
  }
  return 0;
}

}  // namespace

std::optional<std::size_t> find_invalid_utf8(std::string_view bytes) {
  std::size_t i = skip_ascii(bytes, 0);
  while (i < bytes.size()) {
    const std::size_t length = sequence_length(bytes, i);
    if (length == 0) {
      return i;
    }
    i = skip_ascii(bytes, i + length);
  }
  return std::nullopt;
}

}  // namespace gauger::base
