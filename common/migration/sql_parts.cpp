#include "migration/sql_parts.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

namespace gauger::migration {
namespace {

bool any_hole(const std::vector<Name>& names) {
  return std::any_of(names.begin(), names.end(), [](const Name& name) { return !name.known; });
}

ConstraintKind kind_of(sql::ConstraintKind kind) {
  switch (kind) {
    case sql::ConstraintKind::primary_key:
      return ConstraintKind::primary_key;
    case sql::ConstraintKind::unique:
      return ConstraintKind::unique;
    case sql::ConstraintKind::exclude:
      return ConstraintKind::exclude;
    case sql::ConstraintKind::foreign_key:
      return ConstraintKind::foreign_key;
    case sql::ConstraintKind::not_null:
      return ConstraintKind::not_null;
    default:
      return ConstraintKind::check;
  }
}

// The value of a string constant that is all of the text: 'it''s'.
std::optional<std::string> string_value(std::string_view text) {
  if (text.size() < 2 || text.front() != '\'' || text.back() != '\'') {
    return std::nullopt;
  }
  const std::string_view inner = text.substr(1, text.size() - 2);
  std::string value;
  for (std::size_t at = 0; at < inner.size(); ++at) {
    if (inner[at] == '\'' && (at + 1 == inner.size() || inner[++at] != '\'')) {
      return std::nullopt;
    }
    value += inner[at];
  }
  return value;
}

// What a constraint says of its column.
void apply(const sql::Constraint& constraint, Column& column) {
  switch (constraint.kind) {
    case sql::ConstraintKind::not_null:
      column.nullable = false;
      break;
    case sql::ConstraintKind::default_:
      column.server_default = default_from(constraint.expression);
      break;
    case sql::ConstraintKind::identity:
      column.identity = constraint.generated_always ? Identity::always : Identity::by_default;
      column.nullable = false;
      break;
    case sql::ConstraintKind::generated:
      column.generated = Generated{.expression = constraint.expression,
                                   .kind = !constraint.generated_said     ? GeneratedKind::unsaid
                                           : constraint.generated_virtual ? GeneratedKind::virtual_
                                                                          : GeneratedKind::stored};
      break;
    case sql::ConstraintKind::primary_key:
      column.primary_key = true;
      column.nullable = false;
      break;
    default:
      break;
  }
}

}  // namespace

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text;
}

bool has_hole(std::string_view text) { return text.find(hole_name) != std::string_view::npos; }

Name name_from(const std::string& text) { return has_hole(text) ? Name::hole() : Name{text, true}; }

std::vector<Name> names_from(const std::vector<std::string>& texts) {
  std::vector<Name> names;
  names.reserve(texts.size());
  std::transform(texts.begin(), texts.end(), std::back_inserter(names), name_from);
  return names;
}

TableName table_from(const sql::QualifiedName& name) {
  return {name_from(name.schema), name_from(name.name)};
}

Default default_from(const std::string& expression) {
  if (expression == hole_name) {
    return {.kind = DefaultKind::unknown, .text = expression};
  }
  if (auto value = string_value(expression)) {
    return {.kind = DefaultKind::literal, .text = std::move(*value)};
  }
  return {.kind = DefaultKind::expression, .text = expression};
}

Column column_from(const sql::ColumnDefinition& definition) {
  Column column;
  column.name = name_from(definition.name);
  column.type = type_from(definition.type);
  column.collation = definition.collation;
  column.serial = is_serial(definition.type);
  // What stands for a type that is not known may go on with NOT NULL.
  if (column.serial) {
    column.nullable = false;
  } else if (!has_hole(definition.type.name.name)) {
    column.nullable = true;
  }
  for (const sql::Constraint& constraint : definition.constraints) {
    apply(constraint, column);
  }
  return column;
}

Constraint constraint_from(const sql::Constraint& constraint) {
  Constraint result;
  result.kind = kind_of(constraint.kind);
  result.name = name_from(constraint.name);
  result.columns = names_from(constraint.columns);
  result.expression = constraint.expression;
  result.referenced = table_from(constraint.referenced);
  result.referenced_columns = names_from(constraint.referenced_columns);
  result.on_delete = constraint.on_delete;
  result.on_update = constraint.on_update;
  result.using_index = name_from(constraint.using_index);
  result.columns_known = constraint.using_index.empty() && !any_hole(result.columns) &&
                         !any_hole(result.referenced_columns);
  result.not_valid = constraint.not_valid;
  result.not_enforced = constraint.not_enforced;
  result.no_inherit = constraint.no_inherit;
  result.deferrable = constraint.deferrable;
  result.initially_deferred = constraint.initially_deferred;
  result.nulls_not_distinct = constraint.nulls_not_distinct;
  return result;
}

std::vector<Constraint> constraints_of(const sql::ColumnDefinition& definition) {
  std::vector<Constraint> result;
  for (const sql::Constraint& constraint : definition.constraints) {
    switch (constraint.kind) {
      case sql::ConstraintKind::primary_key:
      case sql::ConstraintKind::unique:
      case sql::ConstraintKind::foreign_key:
        result.push_back(constraint_from(constraint));
        result.back().columns = {name_from(definition.name)};
        result.back().of_column = true;
        break;
      case sql::ConstraintKind::check:
        result.push_back(constraint_from(constraint));
        result.back().of_column = true;
        break;
      default:
        break;
    }
  }
  return result;
}

Index index_from(const sql::Statement& statement) {
  Index index;
  if (!statement.names.empty()) {
    index.name = name_from(statement.names.front().name);
  }
  for (const sql::IndexElement& element : statement.elements) {
    index.keys.push_back({.column = name_from(element.column),
                          .expression = element.expression,
                          .operator_class = element.operator_class,
                          .collation = element.collation,
                          .descending = element.descending,
                          .nulls_first = element.nulls_first,
                          .nulls_last = element.nulls_last});
    index.keys_known = index.keys_known && index.keys.back().column.known;
  }
  index.included = names_from(statement.included);
  index.method = statement.method;
  index.predicate = statement.predicate;
  index.unique = statement.unique;
  index.nulls_not_distinct = statement.nulls_not_distinct;
  index.only = statement.only;
  return index;
}

}  // namespace gauger::migration
