#include "python/structure_bytes.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace gauger::python {
namespace {

#if defined(__SSE2__)

// A bit for each of 16 bytes. Ranges are told by a saturating minimum, so that these few
// comparisons find all: up to 0x0D (with "\n", "\r" and NUL), `"` and "#", "'", "(" and ")", and,
// the letters' case bit set, "[" to "]" with "{" to "}".
std::uint64_t mask_of_16(const char* at) {
  const auto same = [](__m128i bytes, int value) {
    return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(static_cast<char>(value)));
  };
  const auto at_most = [](__m128i bytes, int value) {
    return _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(static_cast<char>(value))), bytes);
  };
  const __m128i bytes = _mm_loadu_si128(
      reinterpret_cast<const __m128i*>(at));  // NOLINT(*-reinterpret-cast): how it is loaded
  const __m128i odd = _mm_or_si128(bytes, _mm_set1_epi8(0x01));
  const __m128i from_bracket =
      _mm_sub_epi8(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), _mm_set1_epi8('{'));
  const __m128i found = _mm_or_si128(
      _mm_or_si128(_mm_or_si128(at_most(bytes, '\r'), at_most(from_bracket, '}' - '{')),
                   _mm_or_si128(same(odd, '#'), same(odd, ')'))),
      same(bytes, '\''));
  return static_cast<std::uint32_t>(_mm_movemask_epi8(found));
}

std::uint64_t mask_of(const char* block) {
  return mask_of_16(block) | mask_of_16(block + 16) << 16U | mask_of_16(block + 32) << 32U |
         mask_of_16(block + 48) << 48U;
}

#else

std::uint64_t mask_of(const char* block) {
  constexpr std::string_view wanted("\"'([{)]}#\\\n\r\0", 13);
  std::uint64_t mask = 0;
  for (std::uint32_t i = 0; i < 64; ++i) {
    if (wanted.find(block[i]) != std::string_view::npos) {
      mask |= std::uint64_t{1} << i;
    }
  }
  return mask;
}

#endif

}  // namespace

StructureBytes::StructureBytes(std::string_view text)
    : data_(text.data()), size_(static_cast<std::uint32_t>(text.size())) {
  if (size_ > 0) {
    enter(0);
  }
}

void StructureBytes::enter(std::uint32_t offset) {
  begin_ = offset - offset % block_size;
  const std::uint32_t left = size_ - begin_;
  if (left >= block_size) {
    mask_ = mask_of(data_ + begin_);
    return;
  }
  std::array<char, block_size> block{};
  std::memcpy(block.data(), data_ + begin_, left);
  mask_ = mask_of(block.data()) & ((std::uint64_t{1} << left) - 1);
}

}  // namespace gauger::python
