// sa.Column, constraints, indexes and tables, with what stands inside them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eval/interpreter.hpp"
#include "migration/operation.hpp"

namespace gauger::migration {

// A column with what its arguments make besides it.
struct ColumnParts {
  Column column{};
  std::vector<Constraint> checks{};  // written inside the column
  std::vector<Constraint> foreign_keys{};
  std::optional<Constraint> unique{};      // unique=True, without index=True
  std::optional<Constraint> type_check{};  // of an Enum that is not native
  bool index = false;
  bool unique_index = false;
  bool autoincrement = false;     // told so
  bool may_autoincrement = true;  // not told otherwise, and nothing else fills it
  bool nullable_told = false;
  const eval::Value* type = nullptr;
};

// An sa.Column or mapped_column; nothing for other values.
[[nodiscard]] std::optional<ColumnParts> column_of(const eval::Value& value,
                                                   eval::Interpreter& interpreter);

// An sa.PrimaryKeyConstraint, UniqueConstraint, CheckConstraint, ForeignKeyConstraint or
// postgresql.ExcludeConstraint; nothing for other values.
[[nodiscard]] std::optional<Constraint> constraint_of(const eval::Value& value,
                                                      eval::Interpreter& interpreter);

// deferrable, initially and the postgresql_ keywords of a constraint.
void read_constraint_options(Constraint& constraint, const eval::Value& call);

// ondelete or onupdate as SQL has it: "SET NULL"; empty for NO ACTION.
[[nodiscard]] std::string referential_action(const eval::Value* value);

// An EXCLUDE constraint of the elements from argument `first` on: (column or expression, operator).
[[nodiscard]] Constraint exclusion_of(const eval::Value& call, std::size_t first,
                                      eval::Interpreter& interpreter);

// The keys and the options of an index: sa.Index(name, *keys, …) or op.create_index(…).
struct IndexParts {
  Index index{};
  bool concurrently = false;
  const eval::Value* table = nullptr;  // that the keys are columns of, where they say so
};
[[nodiscard]] IndexParts index_from(const std::vector<eval::Value*>& keys, bool keys_known,
                                    const eval::Value& options, eval::Interpreter& interpreter);
[[nodiscard]] std::optional<IndexParts> index_of(const eval::Value& value,
                                                 eval::Interpreter& interpreter);

// SQLAlchemy's name for an index without one: ix_<schema>_<table>_<column>.
[[nodiscard]] Name default_index_name(const TableName& table, const Index& index);

// All that the creation of a table makes, in the order in which it is made: types, the table,
// indexes, comments.
struct TableParts {
  std::vector<EnumType> enums{};  // with their schema, each once
  std::vector<Operation> domains{};
  CreateTable table{};
  std::vector<Index> indexes{};
};
// `items` are the columns, constraints and indexes of `table`; `options` the call with the
// keywords of sa.Table.
[[nodiscard]] TableParts table_from(const TableName& table, const std::vector<eval::Value*>& items,
                                    bool items_known, const eval::Value& options,
                                    eval::Interpreter& interpreter);

}  // namespace gauger::migration
