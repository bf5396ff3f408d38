// SQL as PostgreSQL's own grammar reads it (libpg_query), as plain values.
//
// Only what a migration check needs is kept of a statement; expressions stay text, spelled as the
// source has them, without the parentheses that the grammar asks for. Names are folded to lower
// case as PostgreSQL folds them, unless quoted. A statement that nothing reads more closely is
// `other` with its command tag.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/text.hpp"

namespace gauger::sql {

struct QualifiedName {
  std::string schema;  // empty: not given
  std::string name;
  friend bool operator==(const QualifiedName&, const QualifiedName&) = default;
};

// A type as written, its name folded to what pg_catalog calls it ("int4", "varchar", "numeric");
// that schema itself is left out.
struct TypeName {
  QualifiedName name;
  std::vector<std::int32_t> modifiers;  // varchar(50): {50}; numeric(10,2): {10, 2}; integers only
  // All of them, geometry(Point, 4326): {"point", "4326"}; what is neither constant nor name is
  // "?".
  std::vector<std::string> written_modifiers;
  bool array = false;
  std::string text;  // as the source spells it
};

enum class ConstraintKind : std::uint8_t {
  not_null,
  null,
  default_,
  check,
  primary_key,
  unique,
  exclude,
  foreign_key,
  identity,
  generated,
};

struct Constraint {
  ConstraintKind kind = ConstraintKind::check;
  std::string name;                  // empty: unnamed
  std::vector<std::string> columns;  // keys of a table constraint; the referencing columns
  std::string expression;            // check, default, generated: source text
  QualifiedName referenced;          // foreign key
  std::vector<std::string> referenced_columns;
  std::string on_delete;  // "CASCADE"; empty: NO ACTION
  std::string on_update;
  std::string using_index;  // UNIQUE USING INDEX
  bool not_valid = false;
  bool no_inherit = false;
  bool deferrable = false;
  bool initially_deferred = false;
  bool not_enforced = false;
  bool generated_always = false;   // identity
  bool generated_virtual = false;  // generated: not STORED
  bool generated_said = false;     // generated: STORED or VIRTUAL stands there
  bool nulls_not_distinct = false;
};

struct ColumnDefinition {
  std::string name;
  TypeName type;
  std::vector<Constraint> constraints;
  std::string collation;
};

struct IndexElement {
  std::string column;      // empty: an expression
  std::string expression;  // source text: "lower(name)", and "a || b" of ((a || b))
  std::string operator_class;
  std::string collation;
  bool descending = false;
  bool nulls_first = false;  // said, and not what the direction gives anyway
  bool nulls_last = false;
};

// The subcommands of ALTER TABLE (gram.y, alter_table_cmd); what is not listed is `other`.
enum class AlterKind : std::uint8_t {
  add_column,
  drop_column,
  set_not_null,
  drop_not_null,
  set_default,
  drop_default,
  set_type,
  add_constraint,
  drop_constraint,
  validate_constraint,
  alter_constraint,
  add_identity,
  drop_identity,
  set_identity,
  set_expression,
  drop_expression,
  set_statistics,
  set_storage,
  set_compression,
  attach_partition,
  detach_partition,
  detach_partition_finalize,
  set_logged,
  set_unlogged,
  set_tablespace,
  set_access_method,
  cluster_on,
  enable_trigger,
  disable_trigger,
  enable_row_security,
  disable_row_security,
  force_row_security,
  no_force_row_security,
  replica_identity,
  inherit,
  no_inherit,
  owner,
  set_options,
  reset_options,
  column_options,
  other,
};

struct AlterAction {
  AlterKind kind = AlterKind::other;
  std::string name;                          // the column, constraint, index or trigger it is about
  std::optional<ColumnDefinition> column;    // add_column; set_type: its type
  std::optional<Constraint> constraint;      // add_constraint
  std::string expression;                    // set_default; set_type: USING
  std::optional<QualifiedName> other_table;  // partition, parent
  std::string text;                          // attach_partition: the bounds; others: the value
  bool cascade = false;
  bool if_exists = false;
  bool if_not_exists = false;
  bool concurrently = false;
  bool default_partition = false;
  base::Span span{};  // in the parsed text
};

// Bytes of an enum's label: no longer constant is one (NAMEDATALEN - 1).
inline constexpr std::size_t longest_label = 63;

// A string constant, of at most so many bytes, that becomes a value: of a
// column that it is written to or compared with, or of a type that it is cast to.
struct Constant {
  std::string text;
  QualifiedName table;                  // of the column
  std::string column;                   // empty: the one at `position`, or a cast
  std::optional<std::size_t> position;  // INSERT without a list: among the table's columns
  std::string type;                     // of a cast: "app.mood"
  friend bool operator==(const Constant&, const Constant&) = default;
};

enum class StatementKind : std::uint8_t {
  create_table,
  create_table_as,
  alter_table,
  drop,
  truncate,
  create_index,
  reindex,
  cluster,
  vacuum,
  analyze,
  rename,
  set_schema,
  create_enum,
  alter_enum,
  create_domain,
  alter_domain,
  create_type,
  create_sequence,
  alter_sequence,
  create_view,
  refresh_view,
  create_function,
  create_trigger,
  create_policy,
  alter_policy,
  create_rule,
  create_schema,
  create_extension,
  alter_extension,
  create_statistics,
  comment,
  grant,
  insert,
  update,
  delete_,
  merge,
  select,
  copy,
  lock,
  set,
  reset,
  transaction,
  do_,
  explain,
  owner,
  call,
  move_all,  // ALTER TABLE ALL IN TABLESPACE
  other,
};

enum class ObjectKind : std::uint8_t {
  table,
  view,
  materialized_view,
  index,
  sequence,
  type,
  domain,
  schema,
  function,
  procedure,
  trigger,
  policy,
  rule,
  extension,
  column,
  constraint,
  enum_value,
  database,
  system,  // REINDEX SYSTEM
  role,
  owned,  // DROP OWNED: what belongs to a role
  partition,
  statistics,
  foreign_table,
  aggregate,
  cast,
  operator_,
  collation,
  other,
};

struct Statement {
  StatementKind kind = StatementKind::other;
  base::Span span{};  // in the parsed text, without leading blanks and comments
  std::string tag;    // "ALTER TABLE", as the command tag of PostgreSQL has it
  // What kind of thing it is about: DDL, comment, owner, reindex… ALTER INDEX, VIEW and SEQUENCE
  // with the subcommands of ALTER TABLE are alter_table too, and told apart by this.
  ObjectKind object = ObjectKind::other;
  // The table, index, type… that the statement is about; for DROP, TRUNCATE and LOCK all of them,
  // for an index or what belongs to a table (trigger, policy, rule, a column or constraint that is
  // commented on) its own name, with the table in `table`. Empty: CREATE INDEX without a name. A
  // transaction: the savepoint.
  std::vector<QualifiedName> names;
  QualifiedName table;  // what it acts on or writes to: INSERT, UPDATE, CREATE INDEX ON, trigger…
  std::string new_name;  // rename, set_schema, owner, alter_enum (the value added or renamed to)
  std::string old_name;  // rename of a column, constraint or enum value
  std::vector<AlterAction> actions;       // alter_table, alter_domain
  std::vector<ColumnDefinition> columns;  // create_table; create_domain: one
  std::vector<Constraint> constraints;    // create_table, create_domain
  std::vector<std::string> labels;        // create_enum
  std::string neighbour;                  // alter_enum: the value it is placed beside
  std::vector<IndexElement> elements;     // create_index
  std::vector<std::string> included;      // create_index
  std::string method;                     // create_index: "btree" when not given
  std::string query;                      // create_view: source text
  std::string predicate;                  // create_index WHERE; UPDATE, DELETE: WHERE; source text
  std::vector<QualifiedName> reads;       // every other table or view that it names, once each
  // INSERT, UPDATE: the columns written. SET, and a SELECT of set_config() and nothing else: the
  // setting, with its values as text.
  std::vector<std::string> assigned;
  std::vector<std::string> values;
  std::vector<std::string> updated;      // INSERT … ON CONFLICT DO UPDATE: the columns
  std::vector<QualifiedName> functions;  // functions called anywhere in it, once each
  std::vector<Constant> constants;       // of a query
  // create_trigger, create_policy: the columns of UPDATE OF and of the conditions, without the
  // names before them. A whole row ("OLD.*") depends on none.
  std::vector<std::string> conditions;
  std::vector<QualifiedName> published;    // the tables that a publication is made of or given
  QualifiedName partition_of;              // create_table
  std::string partition_strategy;          // create_table PARTITION BY: "range", "list", "hash"
  std::vector<std::string> partition_key;  // create_table PARTITION BY: columns, expressions
  std::string partition_bounds;            // create_table PARTITION OF: source text
  std::vector<QualifiedName> inherits;
  std::vector<QualifiedName> like;  // create_table (LIKE other), OF type: columns of elsewhere
  std::string using_index;          // cluster
  std::string alias;                // UPDATE, DELETE: of the table
  std::string volatility;           // create_function: "immutable", "stable"; empty: volatile
  // In a body: the conditions that handlers around it catch without raising again, in lower case
  // ("duplicate_object", "sqlstate '42710'", "others").
  std::vector<std::string> handled;
  // The statements inside a DO block or a function body, in order, each with what it was under.
  std::vector<Statement> body;
  bool body_opaque = false;  // the body runs SQL that is put together at run time, or is not
                             // in a language that is read
  bool conditional = false;  // in a body: under IF, a loop or an exception handler
  bool if_exists = false;
  bool if_not_exists = false;
  bool or_replace = false;
  bool concurrently = false;
  bool cascade = false;
  bool unique = false;  // create_index
  bool nulls_not_distinct = false;
  bool only = false;  // ALTER TABLE ONLY, CREATE INDEX ON ONLY
  bool temporary = false;
  bool unlogged = false;
  bool local = false;        // SET LOCAL
  bool locks_rows = false;   // SELECT … FOR UPDATE and the like, of all that it reads
  bool on_conflict = false;  // INSERT … ON CONFLICT
  bool from_query = false;   // INSERT … SELECT, COPY … FROM
  bool skips_rows = false;   // INSERT … SELECT with NOT EXISTS, NOT IN, EXCEPT or an IS NULL
  bool with_data = true;     // create_table_as, materialized view, REFRESH
  bool full = false;         // VACUUM FULL
  bool before = false;       // alter_enum: BEFORE neighbour (else AFTER)
};

// Parses a string of statements, separated by semicolons. More than 8 MiB, more than 100,000
// statements and deep nesting end in an Error (unparsable, with the position in `text`), never in a
// crash; so does what does not parse in the body of a DO block or a function that is in SQL or
// PL/pgSQL. Thread-safe.
[[nodiscard]] base::Result<std::vector<Statement>> parse(std::string_view text);

}  // namespace gauger::sql
