// What two catalogs differ in, and what would make the one like the other.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog.hpp"
#include "migration/operation.hpp"

namespace gauger::catalog {

enum class ObjectKind : std::uint8_t {
  schema,
  extension,
  enumeration,
  domain,
  sequence,
  function,
  table,
  column,
  constraint,
  index,
  trigger,
  policy,
  view,
  materialized_view,
};
[[nodiscard]] std::string_view name(ObjectKind kind);  // "column", "materialized view"

enum class DifferenceKind : std::uint8_t {
  missing,     // only the right side has it
  unexpected,  // only the left side has it
  changed,     // `property` differs
  renamed,     // most likely: each side has one that the other lacks, and they are equal otherwise
};

struct Difference {
  DifferenceKind kind = DifferenceKind::changed;
  ObjectKind object = ObjectKind::table;
  QualifiedName relation{};  // the object, or the table or view that it is a part of
  std::string name{};        // the part; empty: the relation itself
  std::string property{};    // changed: "type", "nullability"
  std::string left{};        // its values; renamed: the names
  std::string right{};
  // Makes the left side like the right: operations, and SQL for what no operation can say. Both
  // empty: it goes with another difference, or nothing but making it anew would do.
  std::vector<migration::Operation> operations{};
  std::vector<std::string> statements{};
};

// In one line, for people and for lists of what is allowed to differ: "column users.email: type
// text, expected character varying(50)", "index users.ix_a: missing", "table legacy: not expected",
// "column users.mail: expected as email".
[[nodiscard]] std::string display(const Difference& difference);

enum class Compare : std::uint8_t {
  // Between catalogs read from servers of one version: every text as the server has it.
  everything,
  // Where a side is replayed: of expressions only that they are there, and nothing that a replay
  // does not know. What is possible, or has an unknown name, differs from nothing.
  what_a_replay_knows,
};

// By schemas, extensions, types, sequences, functions, tables and views; of a table itself, its
// columns, constraints and indexes. "public" is no schema of its own. In an order in which the
// operations can run.
[[nodiscard]] std::vector<Difference> diff(const Catalog& left, const Catalog& right,
                                           Compare compare = Compare::everything);

}  // namespace gauger::catalog
