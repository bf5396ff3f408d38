// Places in a text: byte spans, and the lines and columns that people see.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace gauger::base {

// A half-open range of byte offsets into one text.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  [[nodiscard]] std::uint32_t size() const { return end - begin; }
  [[nodiscard]] bool empty() const { return begin == end; }
  [[nodiscard]] bool contains(std::uint32_t offset) const {
    return begin <= offset && offset < end;
  }
  [[nodiscard]] bool contains(Span other) const { return begin <= other.begin && other.end <= end; }
  friend bool operator==(Span, Span) = default;
};

// One-based; the column counts Unicode code points. Line 0 means "no place".
struct Position {
  std::uint32_t line = 0;
  std::uint32_t column = 0;

  friend auto operator<=>(Position, Position) = default;
};

// The first eight bytes as a number that orders as they do, zeros where there are fewer: two texts
// of which this differs are told apart without a look at their memory.
[[nodiscard]] inline std::uint64_t leading_bytes(std::string_view text) {
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, text.data(), std::min(text.size(), sizeof bytes));
  return std::endian::native == std::endian::little ? __builtin_bswap64(bytes) : bytes;
}

[[nodiscard]] inline std::string_view slice(std::string_view text, Span span) {
  return text.substr(span.begin, span.size());
}

// Where each line of a text begins. "\n", "\r\n" and a lone "\r" end a line, as Python counts
// them. Does not keep the text: `position` and `line_span` take the text it was made of.
class LineIndex {
 public:
  explicit LineIndex(std::string_view text);

  [[nodiscard]] Position position(std::string_view text, std::uint32_t offset) const;
  [[nodiscard]] std::uint32_t line_count() const {
    return static_cast<std::uint32_t>(starts_.size());
  }
  // The bytes of a line without its line ending. `line` is 1-based and at most line_count().
  [[nodiscard]] Span line_span(std::string_view text, std::uint32_t line) const;

 private:
  std::vector<std::uint32_t> starts_;
  std::uint32_t size_;
};

// The position of one offset, for texts that are asked only once.
[[nodiscard]] Position position_of(std::string_view text, std::uint32_t offset);

}  // namespace gauger::base
