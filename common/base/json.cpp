#include "base/json.hpp"

#include <string_view>

#include <fmt/format.h>

#include "base/escape.hpp"
#include "base/utf8.hpp"

namespace gauger::base {
namespace {

std::string json_escape(char32_t value) {
  if (value <= 0xFFFF) {
    return fmt::format("\\u{:04x}", static_cast<unsigned>(value));
  }
  const auto above = static_cast<unsigned>(value) - 0x10000U;
  return fmt::format("\\u{:04x}\\u{:04x}", 0xD800U + (above >> 10U), 0xDC00U + (above & 0x3FFU));
}

}  // namespace

std::string dump(const Json& value, JsonLayout layout) {
  const std::string text = value.dump(layout == JsonLayout::indented ? 2 : -1, ' ', false,
                                      Json::error_handler_t::replace);
  // Outside of strings a document has no characters but ASCII, and "##[" only inside of one.
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint point = decode_utf8(text, i);
    if (point.value != U'\n' && is_unsafe(point.value)) {
      result += json_escape(point.value);
    } else if (text.compare(i, 3, "##[") == 0) {
      result += "#\\u0023[";
      i += 3;
      continue;
    } else {
      result.append(text, i, point.size);
    }
    i += point.size;
  }
  return result;
}

std::optional<Json> parse_json(std::string_view text) {
  Json value = Json::parse(text, nullptr, false);
  return value.is_discarded() ? std::nullopt : std::optional<Json>(std::move(value));
}

}  // namespace gauger::base
