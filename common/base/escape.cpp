#include "base/escape.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/utf8.hpp"

namespace gauger::base {
namespace {

bool is_plain_ascii(char byte) { return byte >= 0x20 && byte < 0x7F; }

// The runner trims a line, with Unicode's idea of a blank, before it looks for "::"
// (actions/runner, ActionCommand.TryParseV2). Only a visible ASCII character is sure to stay.
bool is_certainly_visible(const CodePoint& point) {
  return point.valid && point.value > 0x20 && point.value < 0x7F;
}

void append_escaped(std::string& result, std::string_view line) {
  bool at_beginning = true;
  for (std::size_t i = 0; i < line.size();) {
    const CodePoint point = decode_utf8(line, i);
    const std::string_view rest = line.substr(i);
    if (!point.valid) {
      result += fmt::format("\\x{:02x}", static_cast<unsigned>(point.value));
    } else if (is_unsafe(point.value)) {
      result += visible(point.value);
    } else if (at_beginning && rest.substr(0, 2) == "::") {
      result += "\\x3a";
    } else if (rest.substr(0, 3) == "##[") {
      // ActionCommand.TryParse looks for "##[" anywhere in a line.
      result += "#\\x23[";
      i += 3;
      at_beginning = false;
      continue;
    } else {
      result.append(rest.substr(0, point.size));
    }
    at_beginning = at_beginning && !is_certainly_visible(point);
    i += point.size;
  }
}

}  // namespace

bool is_unsafe(char32_t value) {
  if (value < 0x20 || (value >= 0x7F && value <= 0x9F)) {
    return true;
  }
  if (value < 0x61C) {
    return false;
  }
  return value == 0x61C || value == 0x200B || value == 0x200E || value == 0x200F ||
         (value >= 0x2028 && value <= 0x202E) || (value >= 0x2060 && value <= 0x206F) ||
         value == 0xFEFF || (value >= 0xFFF9 && value <= 0xFFFB) ||
         (value >= 0xE0000 && value <= 0xE007F);
}

std::string visible(char32_t value) {
  switch (value) {
    case U'\n':
      return "\\n";
    case U'\r':
      return "\\r";
    case U'\t':
      return "\\t";
    default:
      break;
  }
  const auto number = static_cast<unsigned>(value);
  if (number <= 0xFF) {
    // A C1 control is a code point here, not a byte.
    return number < 0x80 ? fmt::format("\\x{:02x}", number) : fmt::format("\\u{:04x}", number);
  }
  return number <= 0xFFFF ? fmt::format("\\u{:04x}", number) : fmt::format("\\U{:08x}", number);
}

std::string escape(std::string_view text) {
  const bool starts_plainly = !text.empty() && text.front() > ' ' && text.front() != ':';
  if (starts_plainly && std::all_of(text.begin(), text.end(), is_plain_ascii) &&
      text.find("##[") == std::string_view::npos) {
    return std::string(text);
  }
  std::string result;
  result.reserve(text.size() + 16);
  append_escaped(result, text);
  return result;
}

std::string escape_lines(std::string_view text) {
  std::string result;
  result.reserve(text.size() + 16);
  while (true) {
    const std::size_t end = text.find('\n');
    append_escaped(result, text.substr(0, end));
    if (end == std::string_view::npos) {
      return result;
    }
    result += '\n';
    text.remove_prefix(end + 1);
  }
}

}  // namespace gauger::base
