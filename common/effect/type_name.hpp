// The parts of a type's name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gauger::effect {

struct TypeParts {
  std::string base{};            // "character varying", "timestamp with time zone", "app.mood"
  std::string fields{};          // of an interval: "day to second"
  std::vector<int> modifiers{};  // numeric(10,2): {10, 2}; of bit, character and numeric completed
  bool array = false;
  bool builtin = false;
  friend bool operator==(const TypeParts&, const TypeParts&) = default;
};

// Of what format_type() gives, and of the shorter spellings of SQL ("varchar(50)", "int4").
[[nodiscard]] TypeParts parse_type(std::string_view text);

}  // namespace gauger::effect
