// The parts that statements are made of, from PostgreSQL's parse to a migration's values.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "migration/operation.hpp"
#include "sql/statement.hpp"

namespace gauger::migration {

[[nodiscard]] std::string lower(std::string text);  // of ASCII letters
[[nodiscard]] bool has_hole(std::string_view text);
[[nodiscard]] Name name_from(const std::string& text);
[[nodiscard]] std::vector<Name> names_from(const std::vector<std::string>& texts);
[[nodiscard]] TableName table_from(const sql::QualifiedName& name);

// As format_type() spells it.
[[nodiscard]] Type type_from(const sql::TypeName& type);
// SERIAL and its like, which are integers.
[[nodiscard]] bool is_serial(const sql::TypeName& type);

[[nodiscard]] Default default_from(const std::string& expression);
[[nodiscard]] Column column_from(const sql::ColumnDefinition& definition);
[[nodiscard]] Constraint constraint_from(const sql::Constraint& constraint);
// Of the constraints inside a column, those that are a table's: all but NOT NULL.
[[nodiscard]] std::vector<Constraint> constraints_of(const sql::ColumnDefinition& definition);
[[nodiscard]] Index index_from(const sql::Statement& statement);

}  // namespace gauger::migration
