// Finds the bytes of a Python text that may give it structure, 64 at a time.
#pragma once

#include <cstdint>
#include <string_view>

namespace gauger::python {

// These are quotes, brackets, "#", "\", "\n", "\r" and NUL; a few others that are rare in Python
// text may be reported, too. The text must outlive it.
class StructureBytes {
 public:
  explicit StructureBytes(std::string_view text);

  // The offset of the first of them at or behind `from`; the text's size where there is none.
  // Cheapest when `from` grows from call to call.
  [[nodiscard]] std::uint32_t next(std::uint32_t from) {
    while (from < size_) {
      if (from < begin_ || from - begin_ >= block_size) {
        enter(from);
      }
      const std::uint64_t rest = mask_ >> (from - begin_);
      if (rest != 0) {
        return from + static_cast<std::uint32_t>(__builtin_ctzll(rest));
      }
      from = begin_ + block_size;
    }
    return size_;
  }

 private:
  static constexpr std::uint32_t block_size = 64;

  void enter(std::uint32_t offset);

  const char* data_;
  std::uint32_t size_;
  std::uint32_t begin_ = 0;  // of the block that `mask_` is about
  std::uint64_t mask_ = 0;   // bit i: the byte at begin_ + i
};

}  // namespace gauger::python
