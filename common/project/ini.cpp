#include "project/ini.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace gauger::project {
namespace {

constexpr std::string_view default_section = "DEFAULT";
constexpr int deepest = 10;  // configparser.MAX_INTERPOLATION_DEPTH
constexpr int most_references = 1000;
constexpr std::size_t longest = std::size_t{64} << 10U;

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& byte : result) {
    byte = byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
  }
  return result;
}

}  // namespace

bool Ini::has_section(std::string_view section) const { return sections_.contains(section); }

bool Ini::has_option(std::string_view section, std::string_view key) const {
  return (section == default_section || has_section(section)) && find(section, key) != nullptr;
}

const IniValue* Ini::find(std::string_view section, std::string_view key) const {
  if (const auto own = sections_.find(section); own != sections_.end()) {
    if (const auto value = own->second.find(key); value != own->second.end()) {
      return &value->second;
    }
  }
  const auto value = defaults_.find(key);
  return value == defaults_.end() ? nullptr : &value->second;
}

base::Position Ini::position(std::string_view section, std::string_view key) const {
  const IniValue* value = find(section, key);
  return value == nullptr ? base::Position{} : value->position;
}

base::Result<std::optional<std::string>> Ini::get(std::string_view section,
                                                  std::string_view key) const {
  if (!has_option(section, key)) {
    return std::nullopt;
  }
  Expansion expansion;
  if (auto done = interpolate(section, key, find(section, key)->text, 1, expansion); !done) {
    return tl::unexpected<base::Error>(std::move(done.error()));
  }
  return std::move(expansion.output);
}

tl::unexpected<base::Error> Ini::refuse(std::string_view section, std::string_view key,
                                        std::string message) const {
  return base::failure({.kind = base::ErrorKind::configuration,
                        .message = fmt::format("'{}': {}", key, message),
                        .path = path_,
                        .position = position(section, key)});
}

// configparser.BasicInterpolation._interpolate_some.
base::Result<void> Ini::interpolate(std::string_view section, std::string_view key,
                                    std::string_view text, int depth, Expansion& expansion) const {
  if (depth > deepest) {
    return refuse(section, key, "%(…)s refers to itself, or too deep");
  }
  while (!text.empty()) {
    const std::size_t percent = std::min(text.find('%'), text.size());
    expansion.output += text.substr(0, percent);
    text.remove_prefix(percent);
    if (expansion.output.size() > longest || expansion.references > most_references) {
      return refuse(section, key, "the value grows too long when %(…)s is put in");
    }
    if (text.empty()) {
      break;
    }
    if (text.starts_with("%%")) {
      expansion.output += '%';
      text.remove_prefix(2);
      continue;
    }
    if (!text.starts_with("%(")) {
      return refuse(section, key, "'%' must be followed by '%' or '(': write '%%' for one '%'");
    }
    const std::size_t close = text.find(')');
    if (close == std::string_view::npos || close == 2 || text.substr(close, 2) != ")s") {
      return refuse(section, key, "a reference to another key is written %(key)s");
    }
    ++expansion.references;
    const std::string name = lower(text.substr(2, close - 2));
    const IniValue* value = find(section, name);
    if (value == nullptr) {
      return refuse(
          section, key,
          fmt::format("%({})s names a key that neither [{}] nor [DEFAULT] has", name, section));
    }
    if (auto done = interpolate(section, key, value->text, depth + 1, expansion); !done) {
      return done;
    }
    text.remove_prefix(close + 2);
  }
  return {};
}

}  // namespace gauger::project
