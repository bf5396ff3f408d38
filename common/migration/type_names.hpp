// SQLAlchemy's own types by name, as format_type() of PostgreSQL spells them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "eval/value.hpp"

namespace gauger::migration {

// What the type `name` ("String", "TIMESTAMP") is with the arguments of `call`, which is null for a
// type that is given as a class. Empty: it is not known, or an argument is not.
[[nodiscard]] std::string spelled_type(std::string_view name, const eval::Value* call);

// Whether it is one of those that take a length: (length, collation).
[[nodiscard]] bool is_sized_type(std::string_view name);

// A number that a type may be given. `known` is false where one is given that is not known.
struct Number {
  std::optional<std::int64_t> value{};
  bool known = true;
};
[[nodiscard]] Number number_of(const eval::Value* call, std::size_t index,
                               std::string_view keyword);

}  // namespace gauger::migration
