// Finding things in a catalog by what statements call them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog.hpp"

namespace gauger::effect {

// Whether a list of columns has that one.
[[nodiscard]] bool contains(const std::vector<std::string>& columns, std::string_view column);

// Of the type or domain that the statement makes, changes or drops.
[[nodiscard]] catalog::QualifiedName type_name(const migration::Operation& operation);

// No schema and "public" are the same one.
[[nodiscard]] bool same_object(const catalog::QualifiedName& left,
                               const catalog::QualifiedName& right);

// As a migration names it; the catalog's own name if it has the table or view.
[[nodiscard]] catalog::QualifiedName resolve(const catalog::Catalog& catalog,
                                             const migration::TableName& name);
[[nodiscard]] const catalog::Table* find_table(const catalog::Catalog& catalog,
                                               const catalog::QualifiedName& name);
[[nodiscard]] const catalog::View* find_view(const catalog::Catalog& catalog,
                                             const catalog::QualifiedName& name);

// By the name of a type, "mood" or "app.mood"; an array's is its element's.
[[nodiscard]] const catalog::Domain* find_domain(const catalog::Catalog& catalog,
                                                 std::string_view type);
[[nodiscard]] const catalog::Enum* find_enum(const catalog::Catalog& catalog,
                                             std::string_view type);

// An index and what it is on: one of the two.
struct IndexPlace {
  const catalog::Index* index = nullptr;
  const catalog::Table* table = nullptr;
  const catalog::View* view = nullptr;
};
// Looks in the table that it is likely on first: a catalog may have thousands.
[[nodiscard]] IndexPlace find_index(const catalog::Catalog& catalog,
                                    const catalog::QualifiedName& name,
                                    const migration::TableName& likely = {});

enum class Scope : std::uint8_t { only, descendants };
// The table and, after it, its partitions and the tables that inherit from it, at all levels.
[[nodiscard]] std::vector<const catalog::Table*> family(const catalog::Catalog& catalog,
                                                        const catalog::Table& table, Scope scope);
[[nodiscard]] bool is_partitioned(const catalog::Table& table);
[[nodiscard]] const catalog::Table* default_partition(const catalog::Catalog& catalog,
                                                      const catalog::Table& parent);

struct ForeignKey {
  const catalog::Table* table = nullptr;  // that references
  const catalog::Constraint* constraint = nullptr;
};
// Whether a foreign key to the table of the key, which is a primary key or UNIQUE, is by it.
[[nodiscard]] bool needs_key(const catalog::Constraint& foreign_key,
                             const catalog::Constraint& key);
// The foreign keys that reference the table.
[[nodiscard]] std::vector<ForeignKey> references_to(const catalog::Catalog& catalog,
                                                    const catalog::Table& table);

struct TableColumn {
  const catalog::Table* table = nullptr;
  const catalog::Column* column = nullptr;
};
// Those whose type it is, or a domain over it.
[[nodiscard]] std::vector<TableColumn> columns_of_type(const catalog::Catalog& catalog,
                                                       const catalog::QualifiedName& type);

// The views that read a table or view, and those that read them.
[[nodiscard]] std::vector<const catalog::View*> views_on(const catalog::Catalog& catalog,
                                                         const catalog::QualifiedName& relation);

// Whether an expression reads a column. One that is empty or not understood may.
enum class Use : std::uint8_t { no, unknown, yes };
[[nodiscard]] Use uses_column(std::string_view expression, std::string_view column);
// The triggers (UPDATE OF, WHEN) and policies that depend on the column: "trigger t", "policy p".
[[nodiscard]] std::vector<std::string> guards_of(const catalog::Table& table,
                                                 std::string_view column);
// Whether a generated column is certain to be computed from that column of its table.
[[nodiscard]] bool is_computed_from(const catalog::Column& generated, std::string_view column);
// Whether the view reads that column of that table, which is one that it reads.
[[nodiscard]] Use uses_column(const catalog::Catalog& catalog, const catalog::View& view,
                              const catalog::QualifiedName& table, std::string_view column);

// Whether the index has the column as a key, in an expression or in its predicate, or includes it.
struct IndexUse {
  bool plain = false;        // a key or included
  Use expression = Use::no;  // in an expression or the predicate
};
[[nodiscard]] IndexUse uses_column(const catalog::Index& index, std::string_view column);

}  // namespace gauger::effect
