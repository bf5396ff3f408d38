#include "project/toml.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <toml++/toml.h>

namespace gauger::project {
namespace {

// toml++ limits how deep values nest but not the parts of a dotted key, each of which is a table
// whose destructor calls the next one's.
constexpr int most_key_parts = 32;

base::Position position_of(const toml::source_region& source) {
  return {source.begin.line, source.begin.column};
}

tl::unexpected<base::Error> refuse(std::string message, const std::string& path,
                                   base::Position position) {
  return base::failure({.kind = base::ErrorKind::configuration,
                        .message = std::move(message),
                        .path = path,
                        .position = position});
}

// The offset after the string or comment at `begin`; `begin` itself where there is none.
std::size_t skip_opaque(std::string_view text, std::size_t begin) {
  const char byte = text[begin];
  if (byte == '#') {
    return std::min(text.find_first_of("\r\n", begin), text.size());
  }
  if (byte != '"' && byte != '\'') {
    return begin;
  }
  const bool is_long = text.substr(begin, 3) == std::string(3, byte);
  const std::string_view close = text.substr(begin, is_long ? 3 : 1);
  for (std::size_t i = begin + close.size(); i < text.size(); ++i) {
    if (text[i] == '\\' && byte == '"') {
      ++i;
    } else if (text.substr(i).starts_with(close)) {
      return i + close.size();
    }
  }
  return text.size();
}

// The offset of a run such as a.b.c that has too many parts.
std::optional<std::size_t> find_deep_key(std::string_view text) {
  int parts = 0;
  std::size_t i = 0;
  while (i < text.size()) {
    if (const std::size_t end = skip_opaque(text, i); end != i) {
      i = end;
      continue;
    }
    if (text[i] == '.' && ++parts > most_key_parts) {
      return i;
    }
    if (std::string_view(",=[]{}\r\n").find(text[i]) != std::string_view::npos) {
      parts = 0;
    }
    ++i;
  }
  return std::nullopt;
}

TomlValue convert(const toml::node& node);

TomlTable convert_table(const toml::table& table) {
  TomlTable members;
  members.reserve(table.size());
  for (const auto& [key, node] : table) {
    members.push_back({.key = std::string(key.str()),
                       .position = position_of(key.source()),
                       .value = convert(node)});
  }
  std::stable_sort(members.begin(), members.end(), [](const TomlMember& a, const TomlMember& b) {
    return a.position < b.position;
  });
  return members;
}

TomlValue convert(const toml::node& node) {
  TomlValue result{.value = TomlDate{}, .position = position_of(node.source())};
  if (const toml::table* table = node.as_table()) {
    result.value = convert_table(*table);
  } else if (const toml::array* array = node.as_array()) {
    TomlArray items;
    items.reserve(array->size());
    for (const toml::node& item : *array) {
      items.push_back(convert(item));
    }
    result.value = std::move(items);
  } else if (const auto* text = node.as_string()) {
    result.value = text->get();
  } else if (const auto* integer = node.as_integer()) {
    result.value = integer->get();
  } else if (const auto* real = node.as_floating_point()) {
    result.value = real->get();
  } else if (const auto* boolean = node.as_boolean()) {
    result.value = boolean->get();
  }
  return result;
}

}  // namespace

const TomlValue* TomlValue::find(std::string_view key) const {
  if (const TomlTable* members = table()) {
    for (const TomlMember& member : *members) {
      if (member.key == key) {
        return &member.value;
      }
    }
  }
  return nullptr;
}

std::string_view TomlValue::kind() const {
  constexpr std::array<std::string_view, std::variant_size_v<decltype(value)>> names = {
      "true or false", "an integer", "a number", "a string", "a date", "a list", "a table"};
  return names.at(value.index());
}

base::Result<TomlValue> parse_toml(std::string_view text, const std::string& path) {
  if (const auto deep = find_deep_key(text)) {
    return refuse("a key has too many parts", path,
                  base::position_of(text, static_cast<std::uint32_t>(*deep)));
  }
  try {
    return convert(toml::parse(text));
  } catch (const toml::parse_error& error) {
    return refuse("not valid TOML: " + std::string(error.description()), path,
                  position_of(error.source()));
  }
}

}  // namespace gauger::project
