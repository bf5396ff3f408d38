#include "base/text.hpp"

#include <algorithm>

namespace gauger::base {
namespace {

bool is_continuation_byte(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

std::uint32_t count_code_points(std::string_view text) {
  return static_cast<std::uint32_t>(std::count_if(
      text.begin(), text.end(), [](char byte) { return !is_continuation_byte(byte); }));
}

}  // namespace

LineIndex::LineIndex(std::string_view text) : size_(static_cast<std::uint32_t>(text.size())) {
  starts_.push_back(0);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'))) {
      starts_.push_back(static_cast<std::uint32_t>(i + 1));
    }
  }
}

Position LineIndex::position(std::string_view text, std::uint32_t offset) const {
  offset = std::min(offset, size_);
  const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
  const auto line = static_cast<std::uint32_t>(after - starts_.begin());
  const std::uint32_t start = starts_[line - 1];
  return {line, count_code_points(text.substr(start, offset - start)) + 1};
}

Span LineIndex::line_span(std::string_view text, std::uint32_t line) const {
  const std::uint32_t begin = starts_[line - 1];
  std::uint32_t end = line < starts_.size() ? starts_[line] : size_;
  while (end > begin && (text[end - 1] == '\n' || text[end - 1] == '\r')) {
    --end;
  }
  return {begin, end};
}

Position position_of(std::string_view text, std::uint32_t offset) {
  return LineIndex(text.substr(0, offset)).position(text.substr(0, offset), offset);
}

}  // namespace gauger::base
