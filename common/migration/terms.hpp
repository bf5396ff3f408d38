// SQLAlchemy's and Alembic's constructs as the reader's terms show them: names, types, columns,
// tables and data changes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "eval/value.hpp"
#include "migration/operation.hpp"

namespace gauger::migration {

// The last part of a name that belongs to SQLAlchemy or a library of types built on it
// ("sqlalchemy.dialects.postgresql.ENUM" -> "ENUM"); empty for all else. Of a call: its callee's.
[[nodiscard]] std::string_view sqlalchemy_name(const eval::Value& value);

// The symbol that a chain of attributes, calls and subscripts begins with; empty when it begins
// with something else.
[[nodiscard]] std::string_view root_symbol(const eval::Value& value);

// A value used as a name. None and a missing value are absent, what is not a known string a hole.
[[nodiscard]] Name name_of(const eval::Value* value);

// The text of a string, sa.text(…) or a literal_column; holes are named `hole_name`. Nothing for
// anything else.
[[nodiscard]] std::optional<std::string> sql_text_of(const eval::Value& value);

// What stands for an unknown part in SQL text.
inline constexpr std::string_view hole_name = "gauger_hole";

[[nodiscard]] Type type_of(const eval::Value* value);

// An sa.Enum or postgresql.ENUM, also inside ARRAY and with_variant; nothing for other types.
[[nodiscard]] std::optional<EnumType> enum_of(const eval::Value& value);

// An sa.Column; nothing for other values.
[[nodiscard]] std::optional<Column> column_of(const eval::Value& value);

[[nodiscard]] std::optional<Default> default_of(const eval::Value* value);

// sa.table(…), sa.Table(…), a declarative class, or its __table__; nothing for other values.
[[nodiscard]] std::optional<TableName> table_of(const eval::Value& value,
                                                eval::Interpreter& reader);

// An insert, update or delete written with SQLAlchemy's expressions; nothing for other values.
struct DataChange {
  OperationKind kind = OperationKind::update;
  TableName table;
};
[[nodiscard]] std::optional<DataChange> data_change_of(const eval::Value& value,
                                                       eval::Interpreter& reader);

}  // namespace gauger::migration
