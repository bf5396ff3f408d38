// What a migration does, as one list of values: the same whether it is written as an Alembic
// directive, inside a batch, through a helper, or as SQL text.
//
// An Operation is one change as PostgreSQL knows it. A directive that emits several statements
// (`add_column` of a column with `unique=True`, an `alter_column` that sets type and nullability)
// gives several operations, and so does an ALTER TABLE with several subcommands; `statement` and
// `directive` tell what belongs together.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "eval/interpreter.hpp"

namespace gauger::migration {

// What stands for an unknown part in SQL text and expressions.
inline constexpr std::string_view hole_name = "gauger_hole";

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
  Name name{};
  Name schema{};
  std::vector<std::string> labels{};
  bool labels_known = true;
  bool create_type = true;  // SQLAlchemy makes the type with the table, unless create_type=False
  bool native = true;
  bool inherit_schema = false;  // its schema is the table's
};

struct Type {
  // As format_type() of PostgreSQL spells it, "character varying(50)"; a type that is not the
  // server's own by its name as written ("mood", "app.mood", "citext"). Empty: not known.
  std::string text{};
  std::string written{};  // as the migration has it, for messages
  std::optional<EnumType> enumeration{};

  [[nodiscard]] bool known() const { return !text.empty(); }
};

enum class DefaultKind : std::uint8_t { literal, expression, unknown };

struct Default {
  DefaultKind kind = DefaultKind::unknown;
  std::string text{};  // a literal's value, unquoted, or the expression's SQL
  // The literal was a bare Python string (`server_default="now()"`), which SQLAlchemy quotes.
  bool from_string = false;
};

enum class Identity : std::uint8_t { none, always, by_default };

// A generated column. Where neither STORED nor VIRTUAL is said, PostgreSQL 18 takes it for virtual
// and older ones refuse it. sa.Computed() without `persisted` leaves it to SQLAlchemy, which
// renders STORED, but for 2.1 on PostgreSQL 18 (PGDDLCompiler.visit_computed_column).
enum class GeneratedKind : std::uint8_t { stored, virtual_, unsaid, by_sqlalchemy };
struct Generated {
  std::string expression{};
  GeneratedKind kind = GeneratedKind::unsaid;
};

enum class ConstraintKind : std::uint8_t {
  primary_key,
  unique,
  check,
  foreign_key,
  exclude,
  not_null,  // PostgreSQL 18: ADD CONSTRAINT … NOT NULL
};

struct Constraint {
  ConstraintKind kind = ConstraintKind::check;
  Name name{};                  // absent: PostgreSQL or a naming convention names it
  std::vector<Name> columns{};  // keys; the referencing columns; not_null: one
  std::string expression{};     // check; exclude: the elements as text. Holes are `hole_name`
  TableName referenced{};       // foreign key
  std::vector<Name> referenced_columns{};
  std::string on_delete{};  // "CASCADE"; empty: NO ACTION
  std::string on_update{};
  Name using_index{};         // … USING INDEX
  bool columns_known = true;  // false: there may be further ones
  bool of_column = false;     // stands in the definition of the column that it is on
  bool not_valid = false;
  bool not_enforced = false;
  bool no_inherit = false;
  bool deferrable = false;
  bool initially_deferred = false;
  bool nulls_not_distinct = false;
  bool match_full = false;  // foreign key; of a Catalog
};

struct IndexKey {
  Name column{};  // absent: an expression
  std::string expression{};
  std::string operator_class{};
  std::string collation{};
  bool descending = false;
  bool nulls_first = false;  // where that is not the direction's own default
  bool nulls_last = false;
};

struct Index {
  Name name{};
  std::vector<IndexKey> keys{};
  std::vector<Name> included{};
  std::string method = "btree";
  std::string predicate{};  // WHERE
  bool keys_known = true;
  bool unique = false;
  bool nulls_not_distinct = false;
  bool only = false;      // CREATE INDEX … ON ONLY
  std::string options{};  // WITH (…): "fillfactor=70"; of a Catalog
};

struct Column {
  Name name{};
  Type type{};
  std::optional<bool> nullable{};  // nothing: it cannot be told
  std::optional<Default> server_default{};
  Identity identity = Identity::none;
  std::string identity_options{};  // of a catalog's: "START WITH 100 INCREMENT BY 5"
  std::optional<Generated> generated{};
  std::string collation{};
  std::optional<std::string> comment{};
  bool client_default = false;  // default=, which no migration emits
  bool primary_key = false;     // also a Constraint of the table
  bool serial = false;          // SERIAL: it fills itself
};

// Whether a row that says nothing of the column gets a value: a default that is not NULL, or the
// column fills itself.
[[nodiscard]] bool fills_itself(const Column& column);

// The actions. `Operation::table` is the table that they act on; `Operation::object` what else they
// name (an index, constraint, type, view…), unless said otherwise.

struct CreateTable {
  std::vector<Column> columns{};
  std::vector<Constraint> constraints{};  // those inside columns, too
  std::string partition_strategy{};       // "range", "list", "hash"; empty: not partitioned
  std::vector<std::string> partition_key{};
  TableName partition_of{};
  std::string partition_bounds{};  // "FOR VALUES …", where they are known
  bool default_partition = false;
  std::vector<TableName> inherits{};
  // False: there may be further ones, besides those of partition_of and inherits.
  bool columns_known = true;
  bool from_query = false;  // CREATE TABLE AS
  bool temporary = false;
  bool unlogged = false;
  std::optional<std::string> comment{};
};
struct DropTable {};
struct RenameTable {
  TableName to{};  // the schema differs for SET SCHEMA
};

struct AddColumn {
  Column column{};
};
struct DropColumn {
  Name column{};
};
struct RenameColumn {
  Name column{};
  Name to{};
};
struct ChangeType {
  Name column{};
  Type type{};
  std::string using_{};
  std::string collation{};              // COLLATE, where it is said
  std::optional<Type> existing_type{};  // what the migration says it was
  std::string existing_collation{};     // of existing_type
};
struct SetNotNull {
  Name column{};
  std::optional<bool> existing_nullable{};  // what the migration says it was
};
struct DropNotNull {
  Name column{};
};
struct SetDefault {
  Name column{};
  std::optional<Default> value{};  // nothing: DROP DEFAULT
};
enum class IdentityChange : std::uint8_t { add, set, drop };
struct ChangeIdentity {
  Name column{};
  IdentityChange change = IdentityChange::add;
  Identity identity = Identity::none;
  std::string options{};  // of what a catalog adds
};
struct SetExpression {  // of a generated column
  Name column{};
  std::optional<std::string> expression{};  // nothing: DROP EXPRESSION
};
struct SetComment {
  Name column{};  // absent: the table's
  std::optional<std::string> comment{};
};

struct AddConstraint {
  Constraint constraint{};
};
struct DropConstraint {  // `object` is its name
  std::optional<ConstraintKind> kind{};
};
struct ValidateConstraint {};
struct RenameConstraint {
  Name to{};
};
struct AlterConstraint {};  // DEFERRABLE and the like

struct CreateIndex {
  Index index{};  // `object` is its name, too
};
struct DropIndex {};  // the table is absent where it is not said
struct RenameIndex {
  Name to{};
};
enum class ReindexKind : std::uint8_t { index, table, schema, database, system };
struct Reindex {
  ReindexKind kind = ReindexKind::index;
};

struct AttachPartition {
  TableName partition{};
  std::string bounds{};
  bool default_partition = false;
};
struct DetachPartition {
  TableName partition{};
  bool finalize = false;
};
// ALTER INDEX … ATTACH PARTITION: `object` is the parent's index.
struct AttachIndex {
  Name index{};
};

// What else ALTER TABLE can change.
enum class TableSetting : std::uint8_t {
  logged,
  unlogged,
  tablespace,
  access_method,
  storage,
  compression,
  statistics,
  options,
  cluster_on,
  enable_trigger,
  disable_trigger,
  row_security,
  replica_identity,
  inherit,
  no_inherit,
  owner,
  other,
};
struct AlterTable {
  TableSetting setting = TableSetting::other;
  Name name{};        // the column, index or trigger
  TableName other{};  // inherit, no_inherit
  std::string value{};
};

struct CreateEnum {
  EnumType type{};
};
struct AddEnumValue {  // `object` is the type, `table.schema` its schema; so for all types
  std::string label{};
  std::string neighbour{};
  bool before = false;
  bool label_known = true;
};
struct RenameEnumValue {
  std::string from{};
  std::string to{};
};
// alembic-postgresql-enum's sync_enum_values: the type is swapped for one with these labels, in
// all the columns that have it.
struct SyncEnum {
  std::vector<std::string> labels{};
  std::vector<std::pair<TableName, Name>> columns{};
  bool known = true;
};
struct RenameType {
  Name to{};
  Name schema{};  // the new one, of SET SCHEMA; absent: it stays
};
struct CreateDomain {
  Type type{};
  bool not_null = false;
  std::optional<Default> default_{};
  std::vector<Constraint> checks{};
};
enum class DomainChange : std::uint8_t {
  add_check,
  validate,
  set_not_null,
  other,
  drop_constraint,
  drop_not_null,
  set_default,
};
struct AlterDomain {
  DomainChange change = DomainChange::other;
  Constraint constraint{};            // add_check; for validate and drop_constraint its name
  std::optional<Default> default_{};  // set_default; nothing: DROP DEFAULT
};

struct CreateView {
  bool materialized = false;
  bool or_replace = false;
  bool with_data = true;
  std::vector<TableName> reads{};
  std::string definition{};  // its query; empty: not known
};
struct RefreshView {
  bool with_data = true;
};
enum class Volatility : std::uint8_t { immutable, stable, volatile_ };
struct CreateFunction {
  Volatility volatility = Volatility::volatile_;
};
struct CreateTrigger {  // on `table`
  Name function{};
  // Of UPDATE OF and WHEN, which PostgreSQL keeps from changing; nothing: not known.
  std::optional<std::vector<std::string>> columns{};
};
struct CreatePolicy {  // or ALTER
  std::optional<std::vector<std::string>> columns{};
};
struct CreateRule {};

// What is made or dropped and has no action of its own.
enum class ObjectKind : std::uint8_t {
  type,  // an enum, domain or other type
  view,
  materialized_view,
  function,
  trigger,
  policy,
  rule,
  sequence,
  schema,
  database,
  extension,
  statistics,
  owned,  // DROP OWNED: all that a role, which is `object`, owns
  other,
};
struct CreateObject {
  ObjectKind kind = ObjectKind::other;
  std::vector<TableName> published{};  // the tables of a publication
};
struct DropObject {
  ObjectKind kind = ObjectKind::other;
};
struct RenameObject {
  ObjectKind kind = ObjectKind::other;
  Name to{};
  Name schema{};  // the new one, of SET SCHEMA; absent: it stays
};

struct Truncate {};
struct Insert {
  std::vector<std::string> columns{};
  bool from_query = false;
  std::vector<std::string> updated{};  // ON CONFLICT DO UPDATE: in order, as written
  bool skips_existing = false;  // ON CONFLICT, or a query that leaves out rows which are there
};
struct Update {
  std::vector<std::string> assigned{};  // in order, as written; empty: not known
  std::optional<std::string> where{};   // nothing: all rows; SQL, or the Python that makes it
  bool where_known = true;
};
struct Delete {
  std::optional<std::string> where{};
  bool where_known = true;
};

struct LockTable {
  std::string mode{};  // "ACCESS EXCLUSIVE"
};
struct Vacuum {
  bool full = false;
};
struct Cluster {};
struct Analyze {};

struct SetParameter {
  std::string name{};  // lower case
  std::string value{};
  bool local = false;
  bool reset = false;
};
enum class TransactionStep : std::uint8_t { begin, commit, rollback, savepoint };
struct TransactionControl {
  TransactionStep step = TransactionStep::commit;
  bool of_bind = false;  // a method of the very connection that Alembic runs the migration on
};

// Understood, and of no concern to any rule: GRANT, COMMENT ON a function, SELECT…
struct Other {
  std::string lock{};  // the mode in which it locks tables all the same
  std::vector<TableName> locked{};
};

// Not understood.
struct Opaque {
  std::string reason{};
  bool refused = false;  // it never runs: Alembic raises an error
};

using Action =
    std::variant<Opaque, Other, CreateTable, DropTable, RenameTable, AddColumn, DropColumn,
                 RenameColumn, ChangeType, SetNotNull, DropNotNull, SetDefault, ChangeIdentity,
                 SetExpression, SetComment, AddConstraint, DropConstraint, ValidateConstraint,
                 RenameConstraint, AlterConstraint, CreateIndex, DropIndex, RenameIndex, Reindex,
                 AttachPartition, DetachPartition, AttachIndex, AlterTable, CreateEnum,
                 AddEnumValue, RenameEnumValue, SyncEnum, RenameType, CreateDomain, AlterDomain,
                 CreateView, RefreshView, CreateFunction, CreateTrigger, CreatePolicy, CreateRule,
                 CreateObject, DropObject, RenameObject, Truncate, Insert, Update, Delete,
                 LockTable, Vacuum, Cluster, Analyze, SetParameter, TransactionControl>;

// A short string that becomes a value: of a column that it is written to or compared with, or of a
// type that it is cast to.
struct Constant {
  std::string text{};
  TableName table{};                      // of the column
  std::string column{};                   // empty: the one at `position`, or a cast
  std::optional<std::size_t> position{};  // among the table's columns
  std::string type{};                     // of a cast: "app.mood"
};

struct Operation {
  Action action{};
  TableName table{};
  Name object{};
  std::string directive{};  // for messages: "drop_column", "ALTER TABLE … DROP COLUMN"
  bool if_exists = false;
  bool if_not_exists = false;
  bool cascade = false;
  bool concurrently = false;
  bool only = false;       // ALTER TABLE ONLY
  bool from_sql = false;   // written as SQL text
  bool may_run = false;    // under a condition that cannot be told, or in an exception handler
  bool attempted = false;  // in a `try` whose handler goes on when it fails

  // Which statement of the migration it is a part of, and which directive (call in the Python):
  // counted from 0 in the order in which they run.
  std::uint32_t statement = 0;
  std::uint32_t call = 0;
  // Which transaction it runs in, counted from 0, the one that upgrade() is called in: a COMMIT and
  // an autocommit_block() begin another.
  std::uint32_t transaction = 0;
  bool autocommit = false;  // inside an autocommit_block(): every statement commits by itself
  // Unless it is in a transaction with others there: one of several statements of a string, which
  // PostgreSQL runs in one, in a DO block, or behind a BEGIN.
  bool joined = false;

  std::vector<Constant> constants{};  // of a query

  // Where it was written: first the place in the migration's own file, then, through helpers,
  // inwards. Never empty.
  std::vector<eval::Place> sites{};

  template <class T>
  [[nodiscard]] const T* as() const {
    return std::get_if<T>(&action);
  }
  template <class T>
  [[nodiscard]] bool is() const {
    return std::holds_alternative<T>(action);
  }
  [[nodiscard]] bool understood() const { return !is<Opaque>(); }
  [[nodiscard]] bool commits_by_itself() const { return autocommit && !joined; }
};

}  // namespace gauger::migration
