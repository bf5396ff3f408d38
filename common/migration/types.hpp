// Column types: SQLAlchemy's, its dialects' and the project's own, as format_type() of PostgreSQL
// spells what they are there.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eval/interpreter.hpp"
#include "migration/operation.hpp"

namespace gauger::migration {

// A type, given as a class or an instance. What the project or an unknown library defines has no
// text, unless it is a TypeDecorator or UserDefinedType that can be read.
[[nodiscard]] Type type_of(const eval::Value* value, eval::Interpreter& interpreter);

// The collation that a string type is given; empty: none.
[[nodiscard]] std::string collation_of(const eval::Value* given);

// Whether SQLAlchemy takes it for an integer: such a primary key becomes SERIAL.
[[nodiscard]] bool is_integer(const Type& type);

// An sa.Enum or postgresql.ENUM, also inside ARRAY and with_variant; nothing for other types.
[[nodiscard]] std::optional<EnumType> enum_of(const eval::Value& given,
                                              eval::Interpreter& interpreter);

// Whether an sa.Enum that is not native makes a CHECK constraint (create_constraint=True).
[[nodiscard]] bool makes_check(const eval::Value* type);

// A postgresql.DOMAIN, also inside ARRAY; nothing for other types.
struct Domain {
  Name name{};
  Name schema{};
  CreateDomain definition{};
  bool create_type = true;
};
[[nodiscard]] std::optional<Domain> domain_of(const eval::Value& given,
                                              eval::Interpreter& interpreter);

// What `type.with_variant(other, "postgresql")` is on PostgreSQL.
[[nodiscard]] const eval::Value* without_variants(const eval::Value* value);

}  // namespace gauger::migration
