// What a migration does, as one list of values: the same whether it is written as an Alembic
// directive, inside a batch, through a helper, or as SQL text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eval/interpreter.hpp"

namespace gauger::migration {

// A name as the migration gives it. A hole is a name that cannot be known without running it.
struct Name {
  std::string text{};
  bool known = true;

  static Name hole() { return {{}, false}; }
  [[nodiscard]] bool absent() const { return known && text.empty(); }
};

struct TableName {
  Name schema{};
  Name name{};
};

// "app.users", "users"; "?" stands for what is not known.
[[nodiscard]] std::string display(const Name& name);
[[nodiscard]] std::string display(const TableName& table);

// Whether the two are certainly the same table. A schema that is not given is not the same as one
// that is; holes are never the same.
[[nodiscard]] bool same_table(const TableName& left, const TableName& right);

struct EnumType {
  Name name;
  Name schema;
  std::vector<std::string> labels;
  bool labels_known = true;
  bool create_type = true;  // SQLAlchemy makes the type with the table, unless create_type=False
  bool native = true;
  bool inherit_schema = false;  // its schema is the table's
};

struct Type {
  // As PostgreSQL spells it, "character varying(50)"; empty when it is not known.
  std::string text;
  std::string written;  // as the migration has it, for messages
  std::optional<EnumType> enumeration{};

  [[nodiscard]] bool known() const { return !text.empty(); }
};

enum class DefaultKind : std::uint8_t { literal, expression, identity, computed, unknown };

struct Default {
  DefaultKind kind = DefaultKind::unknown;
  std::string text;  // a literal's value, or the expression's SQL
};

struct Column {
  Name name;
  Type type;
  std::optional<bool> nullable{};  // nothing: not said
  std::optional<Default> server_default{};
  bool client_default = false;  // default=, which no migration emits
  bool primary_key = false;
  bool serial = false;  // SERIAL: it fills itself
  bool unique = false;
  bool index = false;
};

// What an ALTER COLUMN sets; nothing where it leaves the thing alone.
struct ColumnChange {
  Name name;
  std::optional<Type> type{};
  std::optional<bool> nullable{};
  bool sets_default = false;
  std::optional<Default> server_default{};  // with sets_default; nothing: the default is dropped
  Name new_name{};
  std::optional<Type> existing_type{};
  std::optional<bool> existing_nullable{};
};

enum class OperationKind : std::uint8_t {
  create_table,
  drop_table,
  rename_table,
  add_column,
  drop_column,
  alter_column,
  create_index,
  drop_index,
  create_constraint,
  drop_constraint,
  create_type,  // an enum, made by hand
  drop_type,
  rename_type,
  truncate,
  insert,
  update,
  delete_,
  drop_schema,
  drop_other,  // views, functions, triggers, sequences…
  other,       // understood, and none of the above: `directive` says what
  opaque,      // not understood; `reason` says why
};

struct Operation {
  OperationKind kind = OperationKind::opaque;
  std::string directive;  // "drop_column", "ALTER TABLE … DROP COLUMN"
  TableName table{};
  std::vector<Column> columns{};          // create_table: all; add_column, drop_column: one
  std::optional<ColumnChange> change{};   // alter_column
  Name object{};                          // the index, constraint, type or view
  TableName new_table{};                  // rename_table; rename_type: the type's new name
  std::optional<EnumType> enumeration{};  // create_type, drop_type, rename_type
  std::string reason{};                   // opaque
  bool if_exists = false;
  bool if_not_exists = false;
  bool cascade = false;
  bool may_run = false;     // under a condition that cannot be told, or in a handler
  bool autocommit = false;  // inside an autocommit_block
  bool from_sql = false;

  // Where it was written: first the place in the migration's own file, then, through helpers,
  // inwards. Never empty.
  std::vector<eval::Place> sites{};
};

}  // namespace gauger::migration
