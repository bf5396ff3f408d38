// What diff() compares of each kind of object, and what changes it. Only this folder's .cpp files
// include it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/catalog.hpp"
#include "catalog/diff.hpp"
#include "migration/operation.hpp"

namespace gauger::catalog {

struct Property {
  std::string_view name;
  std::optional<std::string> value{};  // as people read it; nothing: not known
};
using Properties = std::vector<Property>;

// Two of one kind have the same properties in the same order.
[[nodiscard]] Properties properties(const Column& column, Compare compare);
[[nodiscard]] Properties properties(const Constraint& constraint, Compare compare);
[[nodiscard]] Properties properties(const Index& index, Compare compare);
[[nodiscard]] Properties properties(const Table& table, Compare compare);
[[nodiscard]] Properties properties(const Domain& domain, Compare compare);
[[nodiscard]] Properties properties(const Sequence& sequence, Compare compare);
[[nodiscard]] Properties properties(const View& view, Compare compare);

// Those that have a name, and are constraints to a server of any version: NOT NULL is a column's.
[[nodiscard]] std::vector<Constraint> comparable(const std::vector<Constraint>& constraints);
[[nodiscard]] std::vector<Index> comparable(const std::vector<Index>& indexes);
[[nodiscard]] std::string comparable_definition(const Constraint& constraint, Compare compare);
[[nodiscard]] std::string comparable_definition(const Index& index, Compare compare);
// In all but their names.
[[nodiscard]] bool same_column(const Column& left, const Column& right, Compare compare);
// In their names and all that is compared.
[[nodiscard]] bool same_columns(const Table& left, const Table& right, Compare compare);

struct Remedy {
  std::vector<migration::Operation> operations{};
  std::vector<std::string> statements{};
};

// "ALTER TABLE app.users ADD …"
[[nodiscard]] std::string alter(std::string_view what, const QualifiedName& name,
                                std::string_view change);

// Whether a server converts defaults, constraints and indexes with a column of the type.
[[nodiscard]] bool converts_by_itself(const std::string& from, const std::string& to);

// What makes one property of the first what it is of the second.
// `cast`: USING, for another type.
[[nodiscard]] Remedy change_column(const QualifiedName& table, const Column& from, const Column& to,
                                   std::string_view property, std::string cast);
[[nodiscard]] migration::Operation set_default(const QualifiedName& table, const Column& column);
// Dropped, and added as it should be.
[[nodiscard]] Remedy remake(const QualifiedName& table, const Column& column);
[[nodiscard]] Remedy change_identity(const QualifiedName& table, const Column& from,
                                     const Column& to);
[[nodiscard]] Remedy change_identity_options(const QualifiedName& table, const Column& from,
                                             const Column& to);
[[nodiscard]] Remedy change_constraint(const QualifiedName& table, const Constraint& from,
                                       const Constraint& to, std::string_view property);
[[nodiscard]] Remedy change_index(const QualifiedName& relation, const Index& from, const Index& to,
                                  std::string_view property);
[[nodiscard]] Remedy change_table(const Table& from, const Table& to, std::string_view property);
[[nodiscard]] Remedy change_domain(const Domain& from, const Domain& to, std::string_view property);
[[nodiscard]] Remedy change_sequence(const Sequence& from, const Sequence& to,
                                     std::string_view property);
[[nodiscard]] Remedy change_view(const View& from, const View& to, std::string_view property);
// Where the labels of the one are those of the other by other names.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> renamed_labels(const Enum& from,
                                                                              const Enum& to);
// New labels are added; where others go or move, the type is swapped in the columns that have it.
[[nodiscard]] Remedy relabel(const Enum& from, const Enum& to, const Catalog& catalog);

// Takes out of the way what would keep a column from being changed, and makes it again after it.
void set_dependents_aside(std::vector<Difference>& differences, const Catalog& left,
                          const Catalog& right);

[[nodiscard]] migration::EnumType enum_type(const Enum& type);
[[nodiscard]] Remedy creation_of(const Domain& domain);
[[nodiscard]] std::string creation_of(const Sequence& sequence);
[[nodiscard]] std::vector<std::string> creation_of(const View& view);
[[nodiscard]] migration::Operation drop_of(const View& view);
// Moves the counter of a column behind the values that are there; none are left behind its start.
// `options` are those of its sequence.
[[nodiscard]] std::string catch_up(const QualifiedName& table, const std::string& column,
                                   const std::string& options);
// What a CREATE TABLE does not say: row security, triggers, policies.
[[nodiscard]] std::vector<std::string> more_of(const Table& table);
// Of a trigger or policy, from the text that the catalog has of it.
[[nodiscard]] std::vector<std::string> attached_creation(ObjectKind object,
                                                         const QualifiedName& table,
                                                         const std::string& name,
                                                         const std::string& definition);

}  // namespace gauger::catalog
