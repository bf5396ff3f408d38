// TOML as plain values that know where they stand. toml++ is included in toml.cpp alone.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.hpp"

namespace gauger::project {

struct TomlValue;
struct TomlMember;

using TomlArray = std::vector<TomlValue>;
using TomlTable = std::vector<TomlMember>;  // in the order of the file

// A date or time, which no key of Gauger or Alembic takes.
struct TomlDate {};

struct TomlValue {
  std::variant<bool, std::int64_t, double, std::string, TomlDate, TomlArray, TomlTable> value;
  base::Position position{};

  [[nodiscard]] const TomlTable* table() const { return std::get_if<TomlTable>(&value); }
  [[nodiscard]] const TomlArray* array() const { return std::get_if<TomlArray>(&value); }
  [[nodiscard]] const std::string* text() const { return std::get_if<std::string>(&value); }

  // Of a table: the value of a key, null where there is none or this is no table.
  [[nodiscard]] const TomlValue* find(std::string_view key) const;
  // "a string", "an integer", "an array" and so on.
  [[nodiscard]] std::string_view kind() const;
};

struct TomlMember {
  std::string key;
  base::Position position{};  // of the key
  TomlValue value;
};

// Error (configuration, `path`, with its position): text that is not TOML, or nested deeper than
// anybody writes it.
[[nodiscard]] base::Result<TomlValue> parse_toml(std::string_view text, const std::string& path);

}  // namespace gauger::project
