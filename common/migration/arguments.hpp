// What a call in Python hands over: the one place where arguments are looked up.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eval/value.hpp"

namespace gauger::migration {

// The argument `keyword`, which stands at `index` where it is not named; null where it is not
// given. Values live as long as the call.
[[nodiscard]] eval::Value* argument(const eval::Value& call, std::size_t index,
                                    std::string_view keyword);
// One that is given by name only.
[[nodiscard]] eval::Value* argument(const eval::Value& call, std::string_view keyword);

// The same value; null for None, which most directives take for "not given".
[[nodiscard]] eval::Value* unless_none(eval::Value* value);

// Whether the keyword is given and certainly true.
[[nodiscard]] bool flag(const eval::Value& call, std::string_view keyword);
[[nodiscard]] bool is_true(const eval::Value* value);
[[nodiscard]] bool is_false(const eval::Value* value);

[[nodiscard]] std::optional<std::int64_t> integer_of(const eval::Value* value);
// The text of a known string; empty for all else.
[[nodiscard]] std::string_view text_of(const eval::Value* value);

// The elements of a list, tuple or set.
struct Items {
  std::vector<eval::Value*> values{};
  bool known = true;  // false: there may be further ones, or some may be absent
};
[[nodiscard]] Items items_of(const eval::Value* value);
// The positional arguments of a call from `first` on.
[[nodiscard]] Items items_from(const eval::Value& call, std::size_t first);

// The value as the file has it; empty where it stands in no file.
[[nodiscard]] std::string source_text(const eval::Value& value);

}  // namespace gauger::migration
