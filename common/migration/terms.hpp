// Names, tables and texts in the terms that the interpreter leaves of SQLAlchemy's and Alembic's
// constructs.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eval/interpreter.hpp"
#include "migration/operation.hpp"

namespace gauger::migration {

// The last part of a name that belongs to SQLAlchemy or a library of types built on it
// ("sqlalchemy.dialects.postgresql.ENUM" -> "ENUM"); empty for all else. Of a call: its callee's.
[[nodiscard]] std::string_view sqlalchemy_name(const eval::Value& value);

// The symbol that a chain of attributes, calls and subscripts begins with; empty when it begins
// with something else.
[[nodiscard]] std::string_view root_symbol(const eval::Value& value);

// What `value` is called with as a method or a function: "alembic.op" of `op.f`. The object of a
// chain `object.method(…)`; null where the value is no such call.
[[nodiscard]] const eval::Value* receiver(const eval::Value& value, std::string_view method);

// A value used as a name. None and a missing value are absent, what is not a known string a hole.
[[nodiscard]] Name name_of(const eval::Value* value);
// The same, where there must be one: a missing value is a hole, too.
[[nodiscard]] Name required_name(const eval::Value* value);

struct Names {
  std::vector<Name> names{};
  bool known = true;  // false: there may be further ones
};
// A list of names: of columns as text, sa.Column or sa.column. One string is its characters, which
// is what Python makes of it.
[[nodiscard]] Names names_of(const eval::Value* value);
[[nodiscard]] Names names_from(const eval::Value& call, std::size_t first);

// The text of a string, sa.text(…), literal_column or sa.DDL; holes are named `hole_name`. Nothing
// for anything else.
[[nodiscard]] std::optional<std::string> sql_text_of(const eval::Value& value);

// An identifier, quoted where PostgreSQL's grammar may need it; `hole_name` for a hole.
[[nodiscard]] std::string quoted(const Name& name);
[[nodiscard]] std::string quoted(const TableName& table);
// A string literal.
[[nodiscard]] std::string quoted_literal(std::string_view text);

// sa.table(…), sa.Table(…), a declarative class, its __table__, an alias, the result of
// op.create_table; nothing for other values.
[[nodiscard]] std::optional<TableName> table_of(const eval::Value& value,
                                                eval::Interpreter& interpreter);

// The column that `table.c.name`, `Class.name`, sa.column(…) or sa.Column(…) means; nothing for
// other values.
struct ColumnReference {
  Name column{};
  const eval::Value* table = nullptr;  // what it is a column of; null where that is not said
};
[[nodiscard]] std::optional<ColumnReference> column_reference(const eval::Value& value);

}  // namespace gauger::migration
