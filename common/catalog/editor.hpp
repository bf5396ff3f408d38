// A catalog while an operation changes it. Only this folder's .cpp files include it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/apply.hpp"
#include "catalog/catalog.hpp"
#include "catalog/past.hpp"
#include "catalog/whereabouts.hpp"
#include "migration/operation.hpp"

namespace gauger::catalog {

using migration::Operation;

// Pointers and references to tables are valid until one is inserted, erased or renamed.
class Editor {
 public:
  // `pasts` are told of each table before it changes.
  Editor(Catalog& catalog, const Operation& operation, std::optional<std::uint32_t> revision,
         std::vector<Past*> pasts)
      : catalog_(catalog), operation_(operation), revision_(revision), pasts_(std::move(pasts)) {}

  [[nodiscard]] Catalog& catalog() { return catalog_; }
  [[nodiscard]] const Operation& operation() const { return operation_; }
  [[nodiscard]] std::optional<std::uint32_t> revision() const { return revision_; }
  // A failure because of what is, or is not, there passes.
  [[nodiscard]] bool passes_missing() const { return operation_.if_exists || operation_.attempted; }
  [[nodiscard]] bool passes_existing() const {
    return operation_.if_not_exists || operation_.attempted;
  }

  [[nodiscard]] const Table* find(const QualifiedName& name) const;
  [[nodiscard]] Table* edit(const QualifiedName& name);  // nullptr: there is none
  Table& insert(Table table);                            // in the place of one of that name
  void erase(const QualifiedName& name);
  void rename(const QualifiedName& name, const QualifiedName& to);

  // The table that the operation acts on, to be changed. What an operation must find is there: in
  // a catalog that is not complete it is made, and a possible one is certain. nullptr: none, or a
  // name with a hole, which leaves the catalog incomplete.
  [[nodiscard]] Table* target();

  // Names of the tables for which `test` holds. They may be edited one after the other.
  template <class Test>
  [[nodiscard]] std::vector<QualifiedName> where(const Test& test) const {
    std::vector<QualifiedName> names;
    for (const auto& [name, table] : catalog_.tables) {
      if (test(table)) {
        names.push_back(name);
      }
    }
    return names;
  }
  // As where(), for tables with a foreign key to `referenced`.
  template <class Test>
  [[nodiscard]] std::vector<QualifiedName> where_refers(const QualifiedName& referenced,
                                                        const Test& test) const {
    return chosen(catalog::referencing(catalog_, referenced.name), [&](const Table& table) {
      return std::any_of(table.constraints.begin(), table.constraints.end(),
                         [&](const Constraint& constraint) {
                           return constraint.referenced == referenced && test(constraint);
                         });
    });
  }
  // Its partitions and the tables that inherit from it.
  [[nodiscard]] std::vector<QualifiedName> children(const QualifiedName& parent) const;
  // The same and theirs, unless the operation says ONLY; parents first.
  [[nodiscard]] std::vector<QualifiedName> descendants(const QualifiedName& parent) const;
  // Its partitions and theirs, parents first.
  [[nodiscard]] std::vector<QualifiedName> partitions(const QualifiedName& parent) const;

  // Where an index is: in a table or materialized view of the schema.
  struct Place {
    QualifiedName relation{};
    bool view = false;
    std::size_t index = 0;
  };
  [[nodiscard]] std::optional<Place> find_index(const QualifiedName& name) const;

  // Whether a table, index, view or sequence, or a constraint, of that name is in the schema.
  [[nodiscard]] bool relation_exists(const QualifiedName& name) const;
  [[nodiscard]] bool constraint_exists(const QualifiedName& name) const;

  // Notes where things are in the tables that were touched.
  void note_whereabouts();

 private:
  void keep(const QualifiedName& name);
  // `known` by the whereabouts, and the tables that this operation touched, which they do not know.
  [[nodiscard]] std::vector<const Table*> with_touched(std::vector<const Table*> known) const;
  // The names of those for which `test` holds, sorted.
  template <class Test>
  [[nodiscard]] std::vector<QualifiedName> chosen(std::vector<const Table*> known,
                                                  const Test& test) const {
    std::vector<QualifiedName> names;
    for (const Table* table : with_touched(std::move(known))) {
      if (test(*table)) {
        names.push_back(table->name);
      }
    }
    std::sort(names.begin(), names.end());
    return names;
  }

  Catalog& catalog_;
  const Operation& operation_;
  std::optional<std::uint32_t> revision_;
  std::vector<Past*> pasts_;
  struct Touched {
    QualifiedName name{};
    std::size_t indexes = 0;  // that it had before
  };
  std::vector<Touched> touched_{};
};

// The text of a name, as short as PostgreSQL makes it; empty for a hole.
[[nodiscard]] std::string text_of(const migration::Name& name);
// The known ones.
[[nodiscard]] std::vector<std::string> texts_of(const std::vector<migration::Name>& names);
// With a schema for where none is said.
[[nodiscard]] QualifiedName in_schema(const migration::Name& name, const migration::Name& schema);

// For vectors of things with names, and of names.
template <class T>
[[nodiscard]] T* find_named(std::vector<T>& things, std::string_view name) {
  for (T& thing : things) {
    if (thing.name == name) {
      return &thing;
    }
  }
  return nullptr;
}
template <class Map>
void rename_entry(Map& map, const QualifiedName& name, const QualifiedName& to) {
  auto node = map.extract(name);
  if (!node.empty()) {
    node.key() = to;
    node.mapped().name = to;
    map.erase(to);
    map.insert(std::move(node));
  }
}
void add_once(std::vector<std::string>& names, const std::string& name);
void rename_in(std::vector<std::string>& names, std::string_view name, const std::string& to);

// The actions, by what they are about. Each does nothing where what it acts on is not there.
void create_table(Editor& editor, const migration::CreateTable& action);
void drop_table(Editor& editor, const QualifiedName& name);
void rename_table(Editor& editor, const migration::RenameTable& action);
// What names it follows.
void move_table(Editor& editor, const QualifiedName& name, const QualifiedName& to);
void attach_partition(Editor& editor, const migration::AttachPartition& action);
void detach_partition(Editor& editor, const migration::DetachPartition& action);
void alter_table(Editor& editor, const migration::AlterTable& action);

void add_column(Editor& editor, const migration::AddColumn& action);
void drop_column(Editor& editor, const QualifiedName& table, const std::string& column);
void rename_column(Editor& editor, const migration::RenameColumn& action);
void change_type(Editor& editor, const migration::ChangeType& action);
void set_nullable(Editor& editor, const migration::Name& column, bool nullable);
void set_default(Editor& editor, const migration::SetDefault& action);
void change_identity(Editor& editor, const migration::ChangeIdentity& action);
void set_expression(Editor& editor, const migration::SetExpression& action);
void set_comment(Editor& editor, const migration::SetComment& action);
// A column as it comes to be in the table; a sequence for it is made.
[[nodiscard]] Column make_column(Editor& editor, const QualifiedName& table,
                                 const migration::Column& column);

void add_constraint(Editor& editor, const migration::Constraint& constraint);
// To a table that is there; `creating`: in its CREATE TABLE, where all constraints are valid.
void add_constraint_to(Editor& editor, const QualifiedName& table,
                       const migration::Constraint& constraint, bool creating);
void drop_constraint(Editor& editor, const migration::DropConstraint& action);
void validate_constraint(Editor& editor);
void rename_constraint(Editor& editor, const migration::RenameConstraint& action);
// What a parent's CHECKs, foreign keys and indexes give a partition or an inheriting table.
void inherit_constraints(Editor& editor, const QualifiedName& parent, const QualifiedName& child);
void inherit_indexes(Editor& editor, const QualifiedName& parent, const QualifiedName& child);
// Foreign keys to these columns that no other unique index of the table could serve.
void drop_foreign_keys_to(Editor& editor, const QualifiedName& table,
                          const std::vector<std::string>& columns);

void create_index(Editor& editor, const migration::CreateIndex& action);
void drop_index(Editor& editor);
void rename_index(Editor& editor, const migration::RenameIndex& action);
void reindex(Editor& editor, const migration::Reindex& action);
void attach_index(Editor& editor, const migration::AttachIndex& action);
// Adds an index to a table that is there, with a name if it has none and with its constraint, and
// gives the partitions theirs. The result is its name.
std::string add_index(Editor& editor, const QualifiedName& table, Index index,
                      std::optional<Constraint> constraint = {});
// Takes its constraint and the partitions' along.
void erase_index(Editor& editor, const QualifiedName& table, const std::string& index);

void create_enum(Editor& editor, const migration::EnumType& type, const QualifiedName& name);
void add_enum_value(Editor& editor, const migration::AddEnumValue& action);
void rename_enum_value(Editor& editor, const migration::RenameEnumValue& action);
void sync_enum(Editor& editor, const migration::SyncEnum& action);
void rename_type(Editor& editor, const migration::RenameType& action);
void move_type(Editor& editor, const QualifiedName& name, const QualifiedName& to);
void create_domain(Editor& editor, const migration::CreateDomain& action);
void alter_domain(Editor& editor, const migration::AlterDomain& action);
// The text of a column's type in this catalog.
[[nodiscard]] std::string column_type(const Catalog& catalog, const migration::Type& type,
                                      const std::string& schema);
// NULL is no default, but of a domain and of a type with a length, which make an expression of it
// (AddRelationNewConstraints() of catalog/heap.c).
[[nodiscard]] std::optional<std::string> column_default(
    const Catalog& catalog, const std::string& type,
    const std::optional<migration::Default>& value);
[[nodiscard]] std::optional<std::string> default_text(
    const std::optional<migration::Default>& value);

void create_view(Editor& editor, const migration::CreateView& action);
void rename_view(Editor& editor, const QualifiedName& name, const QualifiedName& to);
void drop_views_of(Editor& editor, const QualifiedName& relation);
void refresh_view(Editor& editor, const migration::RefreshView& action);
void create_function(Editor& editor, const migration::CreateFunction& action);
void create_object(Editor& editor, const migration::CreateObject& action);
void drop_object(Editor& editor, const migration::DropObject& action);
void rename_object(Editor& editor, const migration::RenameObject& action);
// Moves a sequence, and the defaults that draw from it.
void rename_sequence(Editor& editor, const QualifiedName& name, const QualifiedName& to);
// "nextval('app.t_id_seq'::regclass)"
[[nodiscard]] std::string nextval(const QualifiedName& sequence);

}  // namespace gauger::catalog
