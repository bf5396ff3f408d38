#include "base/glob.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

namespace gauger::base {
namespace {

// The code point at the front of `text`, which is not empty, as the bytes it is written with: bytes
// of one length compare as code points do, and a shorter sequence is a smaller code point.
std::string_view front_character(std::string_view text) {
  std::size_t length = 1;
  while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U) {
    ++length;
  }
  return text.substr(0, length);
}

bool not_after(std::string_view a, std::string_view b) {
  return a.size() != b.size() ? a.size() < b.size() : a <= b;
}

struct Step {
  bool matches = false;
  std::size_t length = 0;  // of the pattern's element
};

// Reads "[…]" at the front of `pattern`; nothing where it is not closed.
std::optional<Step> match_class(std::string_view pattern, std::string_view character) {
  std::size_t i = 1;
  const bool negated = i < pattern.size() && (pattern[i] == '!' || pattern[i] == '^');
  i += negated ? 1 : 0;
  bool found = false;
  for (bool first = true; i < pattern.size() && (first || pattern[i] != ']'); first = false) {
    const std::string_view low = front_character(pattern.substr(i));
    i += low.size();
    std::string_view high = low;
    if (i + 1 < pattern.size() && pattern[i] == '-' && pattern[i + 1] != ']') {
      high = front_character(pattern.substr(i + 1));
      i += 1 + high.size();
    }
    found = found || (not_after(low, character) && not_after(character, high));
  }
  if (i >= pattern.size()) {
    return std::nullopt;
  }
  return Step{.matches = found != negated, .length = i + 1};
}

// One element of the pattern that is no star, against one character.
Step match_one(std::string_view pattern, std::string_view character) {
  if (pattern.front() == '?') {
    return {.matches = true, .length = 1};
  }
  if (pattern.front() == '[') {
    if (const auto step = match_class(pattern, character)) {
      return *step;
    }
  }
  const std::string_view literal = front_character(pattern);
  return {.matches = literal == character, .length = literal.size()};
}

// Going back to the last star only is enough: what an earlier star could take, the later one can.
bool match_part(std::string_view pattern, std::string_view part) {
  std::size_t p = 0;
  std::size_t t = 0;
  std::optional<std::size_t> star;
  std::size_t star_end = 0;  // of what the last star has taken
  while (t < part.size() || p < pattern.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = ++p;
      star_end = t;
      continue;
    }
    if (p < pattern.size() && t < part.size()) {
      const std::string_view character = front_character(part.substr(t));
      const Step step = match_one(pattern.substr(p), character);
      if (step.matches) {
        p += step.length;
        t += character.size();
        continue;
      }
    }
    if (!star || star_end >= part.size()) {
      return false;
    }
    star_end += front_character(part.substr(star_end)).size();
    t = star_end;
    p = *star;
  }
  return true;
}

std::vector<std::string_view> split(std::string_view path) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  while (begin <= path.size()) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const std::string_view part = path.substr(begin, end - begin);
    if (!part.empty() && part != ".") {
      parts.push_back(part);
    }
    begin = end + 1;
  }
  return parts;
}

bool match_parts(const std::vector<std::string_view>& pattern,
                 const std::vector<std::string_view>& path) {
  std::size_t p = 0;
  std::size_t t = 0;
  std::optional<std::size_t> star;
  std::size_t star_end = 0;
  while (t < path.size() || p < pattern.size()) {
    if (p < pattern.size() && pattern[p] == "**") {
      star = ++p;
      star_end = t;
    } else if (p < pattern.size() && t < path.size() && match_part(pattern[p], path[t])) {
      ++p;
      ++t;
    } else if (star && star_end < path.size()) {
      t = ++star_end;
      p = *star;
    } else {
      return false;
    }
  }
  return true;
}

}  // namespace

bool glob_match(std::string_view pattern, std::string_view path) {
  std::vector<std::string_view> parts = split(pattern);
  std::vector<std::string_view> path_parts = split(path);
  if (parts.empty()) {
    return !pattern.empty();
  }
  if (pattern.find_first_of("*?") == std::string_view::npos) {
    path_parts.resize(std::min(parts.size(), path_parts.size()));
  } else if (pattern.ends_with('/')) {
    parts.insert(parts.end(), {"**", "*"});
  }
  return match_parts(parts, path_parts);
}

std::string glob_escape(std::string_view text) {
  std::string pattern;
  for (const char byte : text) {
    if (byte == '*' || byte == '?' || byte == '[') {
      pattern += {'[', byte, ']'};
    } else {
      pattern += byte;
    }
  }
  return pattern;
}

}  // namespace gauger::base
