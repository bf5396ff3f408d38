// SQLAlchemy's expressions as SQL text.
#pragma once

#include <optional>
#include <string>

#include "eval/interpreter.hpp"
#include "migration/operation.hpp"

namespace gauger::migration {

// An expression as SQLAlchemy compiles it for PostgreSQL without the table's name before columns:
// sa.func.coalesce(a, 1) -> "coalesce(a, 1)". A bare string is a literal; `hole_name` stands for
// parts that are not known. Nothing where the value is not known to be an expression.
[[nodiscard]] std::optional<std::string> sql_of(const eval::Value& value,
                                                eval::Interpreter& interpreter);

// The same where a bare string is SQL itself, as in CheckConstraint("a > 1") and postgresql_where.
[[nodiscard]] std::string condition_of(const eval::Value& value, eval::Interpreter& interpreter);

// A server_default; nothing for None and FetchedValue, which emit none. sa.Identity and sa.Computed
// are no defaults: see identity_of and generated_of.
[[nodiscard]] std::optional<Default> default_of(const eval::Value* value,
                                                eval::Interpreter& interpreter);

// sa.Identity(…); none for all else.
[[nodiscard]] Identity identity_of(const eval::Value* value);

// sa.Computed(…); nothing for all else.
[[nodiscard]] std::optional<Generated> generated_of(const eval::Value* value,
                                                    eval::Interpreter& interpreter);

}  // namespace gauger::migration
