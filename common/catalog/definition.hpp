// Catalog values as the SQL that defines them, and as the operations that make them.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog.hpp"
#include "migration/operation.hpp"

namespace gauger::catalog {

// With quotes where they are needed: app.users, "Users"
[[nodiscard]] std::string sql_name(const QualifiedName& name);
[[nodiscard]] std::string sql_literal(std::string_view text);
// "a, b"
[[nodiscard]] std::string sql_names(const std::vector<std::string>& names);

// Without the name: "FOREIGN KEY (a) REFERENCES t (id) ON DELETE CASCADE", and without NOT VALID.
[[nodiscard]] std::string definition(const Constraint& constraint);
// Without the name: "UNIQUE btree (a DESC) INCLUDE (b) WHERE c".
[[nodiscard]] std::string definition(const Index& index);

inline constexpr std::array<std::string_view, 6> sequence_option_names = {
    "INCREMENT BY", "MINVALUE", "MAXVALUE", "START WITH", "CACHE", "CYCLE"};

// An option of a sequence: "START WITH" and "100"; "CYCLE" has no value.
struct SequenceOption {
  std::string_view name;
  std::string_view value;
};
// Of a list as a Sequence or an identity Column has it.
[[nodiscard]] std::vector<SequenceOption> sequence_options(std::string_view options);

// CREATE INDEX
[[nodiscard]] std::string create_index_sql(const QualifiedName& relation, const Index& index);

[[nodiscard]] migration::TableName table_name(const QualifiedName& name);
[[nodiscard]] migration::Name known_name(const std::string& name);

[[nodiscard]] migration::Column to_column(const Column& column);
[[nodiscard]] migration::Constraint to_constraint(const Constraint& constraint);
[[nodiscard]] migration::Index to_index(const Index& index);
// A table with all that is in it but foreign keys, triggers and policies. A partition is made as a
// table of its own, to be attached.
[[nodiscard]] std::vector<migration::Operation> creation(const Table& table);
[[nodiscard]] std::vector<migration::Operation> creation(const QualifiedName& table,
                                                         const Column& column);
[[nodiscard]] migration::Operation creation(const QualifiedName& table,
                                            const Constraint& constraint);
[[nodiscard]] migration::Operation creation(const QualifiedName& table, const Index& index);

// An operation on a table, or on an object that has a schema.
[[nodiscard]] migration::Operation on_table(const QualifiedName& table, migration::Action action,
                                            const std::string& object = {});
[[nodiscard]] migration::Operation on_object(const QualifiedName& object, migration::Action action);

}  // namespace gauger::catalog
