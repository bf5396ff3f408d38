// The objects of a database as plain values: what replaying migrations gives and what reading a
// server gives are the same type, so that one diff compares them.
//
// Names are unquoted. Expressions are the server's own text (pg_get_expr, pg_get_constraintdef)
// where the catalog was read from a server, and the migration's SQL where it was replayed.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/rare_text.hpp"
#include "migration/operation.hpp"

namespace gauger::catalog {

using migration::ConstraintKind;
using migration::Identity;

// Of a schema and what is in it. The schema is never empty: in a replay, a name that does not say
// it is in "public", whatever the search path is.
struct QualifiedName {
  std::string schema{};
  std::string name{};
  friend auto operator<=>(const QualifiedName&, const QualifiedName&) = default;
};
[[nodiscard]] std::string display(const QualifiedName& name);  // "public" is left out

// How sure a replay is of a thing. What was read from a server is certain.
enum class Certainty : std::uint8_t {
  certain,
  possible,  // made or dropped under a condition that cannot be told
};

struct Column {
  std::string name{};
  std::string type{};                     // format_type(); empty: not known
  std::optional<bool> nullable{};         // nothing: not known
  std::optional<std::string> default_{};  // the expression; empty text: there is one, not known
  Identity identity = Identity::none;
  bool generated_virtual = false;
  bool may_own_sequence = true;  // false: none of the catalog's sequences is its own
  base::RareText generated{};    // the expression; empty: not generated
  base::RareText collation{};    // empty: the type's own
  base::RareText comment{};
  // What of the identity's sequence is not the default: "START WITH 100 INCREMENT BY 5".
  base::RareText identity_options{};
  Certainty certainty = Certainty::certain;
  friend bool operator==(const Column&, const Column&) = default;
};

struct Constraint {
  std::string name{};  // empty: not known
  ConstraintKind kind = ConstraintKind::check;
  std::vector<std::string> columns{};
  base::RareText expression{};  // check, exclude
  QualifiedName referenced{};
  std::vector<std::string> referenced_columns{};
  base::RareText on_delete{};  // empty: NO ACTION
  base::RareText on_update{};
  bool valid = true;
  bool enforced = true;
  bool no_inherit = false;
  bool deferrable = false;
  bool initially_deferred = false;
  bool nulls_not_distinct = false;
  bool match_full = false;  // a foreign key
  bool period = false;      // WITHOUT OVERLAPS, PERIOD: PostgreSQL 18
  bool inherited = false;   // from the parent or the partitioned table, as long as that has it
  bool columns_known = true;
  Certainty certainty = Certainty::certain;
  friend bool operator==(const Constraint&, const Constraint&) = default;
};

struct IndexKey {
  std::string column{};  // empty: an expression
  base::RareText expression{};
  base::RareText operator_class{};  // empty: the default one
  base::RareText collation{};
  bool descending = false;
  bool nulls_first = false;  // where that is not the direction's own default
  bool nulls_last = false;
  friend bool operator==(const IndexKey&, const IndexKey&) = default;
};

struct Index {
  std::string name{};  // empty: not known
  std::vector<IndexKey> keys{};
  std::vector<std::string> included{};
  std::string method = "btree";
  base::RareText predicate{};
  base::RareText constraint{};  // the constraint that owns it; empty: none
  bool unique = false;
  bool nulls_not_distinct = false;
  bool valid = true;
  base::RareText options{};  // WITH (…): "fillfactor=70"
  bool inherited = false;    // a part of the partitioned table's index
  bool keys_known = true;
  // Of a replay: what its own columns are called, which makes names for partitions' indexes; empty:
  // as the keys. They stay when a column of the table is renamed.
  std::vector<std::string> own_names{};
  Certainty certainty = Certainty::certain;
  friend bool operator==(const Index&, const Index&) = default;
};

struct Table {
  QualifiedName name{};
  std::vector<Column> columns{};  // in their order
  std::vector<Constraint> constraints{};
  std::vector<Index> indexes{};      // those of constraints, too
  std::string partition_strategy{};  // "range", "list", "hash"; empty: not partitioned
  std::vector<std::string> partition_key{};
  QualifiedName partition_of{};  // empty name: no partition
  bool default_partition = false;
  std::string partition_bounds{};  // of a server: "FOR VALUES FROM (0) TO (10)", "DEFAULT"
  std::vector<QualifiedName> inherits{};
  bool unlogged = false;
  bool row_security = false;
  bool row_security_forced = false;
  std::vector<std::string> triggers{};
  // The function that a trigger calls, where it is known, by the trigger's name. Names that are not
  // among the triggers are of no meaning.
  std::map<std::string, std::string> trigger_functions{};
  std::vector<std::string> policies{};
  // Of a replay: the columns that a trigger's UPDATE OF and WHEN, or a policy's conditions, depend
  // on, by its name. None: not known.
  std::map<std::string, std::vector<std::string>> trigger_columns{};
  std::map<std::string, std::vector<std::string>> policy_columns{};
  // Of a server: each one's definition, in the same order.
  std::vector<std::string> trigger_definitions{};
  std::vector<std::string> policy_definitions{};
  std::string comment{};
  bool columns_known = true;  // false: there may be further columns
  Certainty certainty = Certainty::certain;
  // Of a replay: the revision that made it, by its index in the History; nothing: not known.
  std::optional<std::uint32_t> created_in{};

  [[nodiscard]] const Column* find_column(std::string_view column) const;
  [[nodiscard]] const Constraint* find_constraint(std::string_view constraint) const;
  [[nodiscard]] const Index* find_index(std::string_view index) const;
};

struct Enum {
  QualifiedName name{};
  std::vector<std::string> labels{};
  bool labels_known = true;
  Certainty certainty = Certainty::certain;
  std::optional<std::uint32_t> created_in{};
};

struct Domain {
  QualifiedName name{};
  std::string type{};
  bool not_null = false;
  std::optional<std::string> default_{};
  std::string collation{};  // empty: the type's own
  std::vector<Constraint> checks{};
  Certainty certainty = Certainty::certain;
};

struct View {
  QualifiedName name{};
  bool materialized = false;
  bool populated = true;  // a materialized view
  std::string definition{};
  std::vector<QualifiedName> reads{};
  std::vector<Index> indexes{};  // a materialized view
  Certainty certainty = Certainty::certain;
};

struct Sequence {
  QualifiedName name{};
  QualifiedName owner{};  // the table that owns it; empty name: none
  std::string owner_column{};
  std::string type = "bigint";
  std::string options{};  // what is not the type's default: "START WITH 100 CYCLE"
};

struct Function {
  QualifiedName name{};
  std::string arguments{};  // identity arguments; empty in a replay
  std::string definition{};
  migration::Volatility volatility = migration::Volatility::volatile_;
};

// Which tables have, or had, an index or constraint of a name, are children of a table or refer to
// it. It may name others, but misses none.
struct Whereabouts {
  // The hash of a name, and a table.
  using Places = std::unordered_multimap<std::size_t, std::uint32_t>;
  Places indexes{};
  Places constraints{};
  Places children{};    // by their parent's name
  Places references{};  // by the name of the table that they refer to

  std::map<QualifiedName, std::uint32_t> numbers{};  // of the tables that were ever noted
  std::vector<QualifiedName> tables{};               // by their numbers
};

struct Catalog {
  std::map<QualifiedName, Table> tables{};
  std::map<QualifiedName, Enum> enums{};
  std::map<QualifiedName, Domain> domains{};
  std::map<QualifiedName, View> views{};
  std::map<QualifiedName, Sequence> sequences{};
  std::vector<Function> functions{};
  std::vector<std::string> schemas{};
  std::vector<std::string> extensions{};
  // Of a replay: false once something was done that is not understood, or the history begins
  // elsewhere. Then what is not here may exist all the same.
  bool complete = true;
  // Of a replay, which keeps them from the first table on; nothing: all tables have to be looked
  // at.
  std::optional<Whereabouts> whereabouts{};

  // Nothing for a name with a hole.
  [[nodiscard]] const Table* find_table(const migration::TableName& name) const;
  [[nodiscard]] Table* find_table(const migration::TableName& name);
};

// Where a name that a migration gives is in a catalog; nothing for a hole and for no name.
[[nodiscard]] std::optional<QualifiedName> qualified(const migration::TableName& name);

}  // namespace gauger::catalog
