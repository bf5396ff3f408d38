// A call of one of Alembic's directives, and how each is read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "eval/interpreter.hpp"
#include "migration/operation.hpp"
#include "migration/recorder.hpp"

namespace gauger::migration {

// `op.name(…)`, or `batch_op.name(…)` where `batch` is the call of batch_alter_table, which gives
// the table. All must outlive it.
struct Directive {
  std::string_view name;
  const eval::Value& call;
  const eval::Value* batch;
  eval::Interpreter& interpreter;
  Recorder& recorder;
  std::size_t table_index = 0;  // where the table stands among the arguments of op's method

  // The argument `keyword` that stands at `index` of op's method; in a batch there is no table.
  [[nodiscard]] eval::Value* get(std::size_t index, std::string_view keyword) const;
  [[nodiscard]] TableName table(std::string_view keyword = "table_name",
                                std::string_view schema = "schema") const;
  // The writer of what it does to `table`, with if_exists and if_not_exists as they are given.
  [[nodiscard]] Call write(TableName table) const;
};

// Each reads one directive.
void read_create_table(const Directive& directive);
void read_drop_table(const Directive& directive);
void read_rename_table(const Directive& directive);
void read_table_comment(const Directive& directive);
void read_add_column(const Directive& directive);
void read_drop_column(const Directive& directive);
void read_alter_column(const Directive& directive);
void read_create_index(const Directive& directive);
void read_drop_index(const Directive& directive);
void read_create_constraint(const Directive& directive);
void read_create_foreign_key(const Directive& directive);
void read_drop_constraint(const Directive& directive);
void read_bulk_insert(const Directive& directive);

// Write what `table_from` has read of a table: the types that SQLAlchemy makes before it, but for
// those that an earlier op.create_table of the run has made; itself, its indexes and comments.
struct TableParts;
enum class TypeMaker : std::uint8_t { directive, table };  // op.create_table, Table.create()
void write_types(Call& call, TableParts& parts, TypeMaker maker);
void write_table(Call& call, const TableName& table, TableParts parts);

// A directive of alembic.op or of a batch, except execute and what only looks something up. False
// where Alembic has none of that name.
[[nodiscard]] bool read_directive(std::string_view name, const eval::Value& call,
                                  const eval::Value* batch, eval::Interpreter& interpreter,
                                  Recorder& recorder);

// One of a known extension: alembic-postgresql-enum, alembic_utils, geoalchemy2… False where none
// is known by that name.
[[nodiscard]] bool read_extension(std::string_view name, const eval::Value& call,
                                  const eval::Value* batch, eval::Interpreter& interpreter,
                                  Recorder& recorder);

[[nodiscard]] std::vector<std::string_view> extension_names();

}  // namespace gauger::migration
