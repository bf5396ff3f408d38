#include "catalog/definition.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "catalog/names.hpp"

namespace gauger::catalog {
namespace {

std::string index_key_text(const IndexKey& key) {
  std::string text =
      key.column.empty() ? fmt::format("({})", key.expression) : quote_identifier(key.column);
  if (!key.collation.empty()) {
    text += fmt::format(" COLLATE {}", quote_identifier(key.collation));
  }
  if (!key.operator_class.empty()) {
    text += ' ' + key.operator_class.text();
  }
  text += key.descending ? " DESC" : "";
  text += key.nulls_first ? " NULLS FIRST" : "";
  text += key.nulls_last ? " NULLS LAST" : "";
  return text;
}

std::string key_text(const Constraint& constraint, std::string_view word) {
  return fmt::format("{}{} ({})", word, constraint.nulls_not_distinct ? " NULLS NOT DISTINCT" : "",
                     sql_names(constraint.columns));
}

std::string foreign_key_text(const Constraint& constraint) {
  std::string text =
      fmt::format("FOREIGN KEY ({}) REFERENCES {} ({})", sql_names(constraint.columns),
                  sql_name(constraint.referenced), sql_names(constraint.referenced_columns));
  text += constraint.match_full ? " MATCH FULL" : "";
  if (!constraint.on_update.empty()) {
    text += " ON UPDATE " + constraint.on_update.text();
  }
  if (!constraint.on_delete.empty()) {
    text += " ON DELETE " + constraint.on_delete.text();
  }
  return text;
}

// "btree (a DESC) INCLUDE (b) WHERE c"
std::string body(const Index& index) {
  std::vector<std::string> keys;
  std::transform(index.keys.begin(), index.keys.end(), std::back_inserter(keys), index_key_text);
  std::string text = fmt::format("{} ({})", index.method, fmt::join(keys, ", "));
  if (!index.included.empty()) {
    text += fmt::format(" INCLUDE ({})", sql_names(index.included));
  }
  text += index.nulls_not_distinct ? " NULLS NOT DISTINCT" : "";
  if (!index.options.empty()) {
    text += fmt::format(" WITH ({})", index.options);
  }
  if (!index.predicate.empty()) {
    text += fmt::format(" WHERE {}", index.predicate);
  }
  return text;
}

// An empty column: on the table.
migration::Operation comment_on(const QualifiedName& table, const std::string& column,
                                const std::string& comment) {
  return on_table(table, migration::SetComment{known_name(column), comment});
}

std::vector<migration::Name> known_names(const std::vector<std::string>& names) {
  std::vector<migration::Name> result;
  std::transform(names.begin(), names.end(), std::back_inserter(result), known_name);
  return result;
}

}  // namespace

std::string sql_name(const QualifiedName& name) { return type_text(name); }

std::string sql_literal(std::string_view text) {
  std::string result = "'";
  for (const char c : text) {
    result += c;
    if (c == '\'') {
      result += c;
    }
  }
  return result + '\'';
}

std::string sql_names(const std::vector<std::string>& names) {
  std::vector<std::string> texts;
  std::transform(names.begin(), names.end(), std::back_inserter(texts), quote_identifier);
  return fmt::format("{}", fmt::join(texts, ", "));
}

std::string definition(const Constraint& constraint) {
  std::string text;
  switch (constraint.kind) {
    case ConstraintKind::primary_key:
      text = key_text(constraint, "PRIMARY KEY");
      break;
    case ConstraintKind::unique:
      text = key_text(constraint, "UNIQUE");
      break;
    case ConstraintKind::check:
      text = fmt::format("CHECK ({})", constraint.expression);
      break;
    case ConstraintKind::foreign_key:
      text = foreign_key_text(constraint);
      break;
    case ConstraintKind::exclude:
      text = fmt::format("EXCLUDE {}", constraint.expression);
      break;
    case ConstraintKind::not_null:
      text = fmt::format("NOT NULL {}", sql_names(constraint.columns));
      break;
  }
  text += constraint.no_inherit ? " NO INHERIT" : "";
  text += constraint.deferrable ? " DEFERRABLE" : "";
  text += constraint.initially_deferred ? " INITIALLY DEFERRED" : "";
  text += constraint.enforced ? "" : " NOT ENFORCED";
  return text;
}

std::string definition(const Index& index) {
  return fmt::format("{}{}", index.unique ? "UNIQUE " : "", body(index));
}

std::vector<SequenceOption> sequence_options(std::string_view options) {
  std::vector<SequenceOption> result;
  constexpr auto& names = sequence_option_names;
  while (!options.empty()) {
    const auto* name = std::find_if(std::begin(names), std::end(names), [&](std::string_view each) {
      return options.starts_with(each);
    });
    if (name == std::end(names)) {
      break;
    }
    options.remove_prefix(std::min(name->size() + 1, options.size()));
    const std::string_view value =
        *name == "CYCLE" ? std::string_view() : options.substr(0, options.find(' '));
    options.remove_prefix(std::min(value.empty() ? 0 : value.size() + 1, options.size()));
    result.push_back({*name, value});
  }
  return result;
}

std::string create_index_sql(const QualifiedName& relation, const Index& index) {
  return fmt::format("CREATE {}INDEX {} ON {} USING {}", index.unique ? "UNIQUE " : "",
                     quote_identifier(index.name), sql_name(relation), body(index));
}

migration::Name known_name(const std::string& name) { return {name, true}; }

migration::TableName table_name(const QualifiedName& name) {
  return {known_name(name.schema == "public" ? "" : name.schema), known_name(name.name)};
}

migration::Column to_column(const Column& column) {
  migration::Column made{.name = known_name(column.name),
                         .type = {.text = column.type, .written = column.type},
                         .nullable = column.nullable,
                         .identity = column.identity,
                         .identity_options = column.identity_options,
                         .collation = column.collation};
  if (column.default_) {
    made.server_default = migration::Default{migration::DefaultKind::expression, *column.default_};
  }
  if (!column.generated.empty()) {
    made.generated = migration::Generated{column.generated, column.generated_virtual
                                                                ? migration::GeneratedKind::virtual_
                                                                : migration::GeneratedKind::stored};
  }
  if (!column.comment.empty()) {
    made.comment = column.comment;
  }
  return made;
}

migration::Constraint to_constraint(const Constraint& constraint) {
  return {.kind = constraint.kind,
          .name = known_name(constraint.name),
          .columns = known_names(constraint.columns),
          .expression = constraint.expression,
          .referenced = table_name(constraint.referenced),
          .referenced_columns = known_names(constraint.referenced_columns),
          .on_delete = constraint.on_delete,
          .on_update = constraint.on_update,
          .columns_known = constraint.columns_known,
          .not_valid = !constraint.valid && constraint.enforced,
          .not_enforced = !constraint.enforced,
          .no_inherit = constraint.no_inherit,
          .deferrable = constraint.deferrable,
          .initially_deferred = constraint.initially_deferred,
          .nulls_not_distinct = constraint.nulls_not_distinct,
          .match_full = constraint.match_full};
}

migration::Index to_index(const Index& index) {
  migration::Index made{.name = known_name(index.name),
                        .included = known_names(index.included),
                        .method = index.method,
                        .predicate = index.predicate,
                        .keys_known = index.keys_known,
                        .unique = index.unique,
                        .nulls_not_distinct = index.nulls_not_distinct,
                        .options = index.options};
  for (const IndexKey& key : index.keys) {
    made.keys.push_back({.column = known_name(key.column),
                         .expression = key.expression,
                         .operator_class = key.operator_class,
                         .collation = key.collation,
                         .descending = key.descending,
                         .nulls_first = key.nulls_first,
                         .nulls_last = key.nulls_last});
  }
  return made;
}

migration::Operation on_table(const QualifiedName& table, migration::Action action,
                              const std::string& object) {
  return {.action = std::move(action), .table = table_name(table), .object = known_name(object)};
}

migration::Operation on_object(const QualifiedName& object, migration::Action action) {
  return {.action = std::move(action),
          .table = {.schema = table_name(object).schema},
          .object = known_name(object.name)};
}

migration::Operation creation(const QualifiedName& table, const Constraint& constraint) {
  return on_table(table, migration::AddConstraint{to_constraint(constraint)}, constraint.name);
}

migration::Operation creation(const QualifiedName& table, const Index& index) {
  return on_table(table, migration::CreateIndex{to_index(index)}, index.name);
}

std::vector<migration::Operation> creation(const QualifiedName& table, const Column& column) {
  migration::Column made = to_column(column);
  made.comment.reset();
  std::vector<migration::Operation> result{on_table(table, migration::AddColumn{std::move(made)})};
  if (!column.comment.empty()) {
    result.push_back(comment_on(table, column.name, column.comment));
  }
  return result;
}

std::vector<migration::Operation> creation(const Table& table) {
  const bool partition = !table.partition_of.name.empty();
  migration::CreateTable create{.partition_strategy = table.partition_strategy,
                                .partition_key = table.partition_key,
                                .unlogged = table.unlogged};
  for (const QualifiedName& parent : table.inherits) {
    create.inherits.push_back(table_name(parent));
  }
  std::vector<migration::Operation> later;
  if (!table.comment.empty()) {
    later.push_back(comment_on(table.name, {}, table.comment));
  }
  for (const Column& column : table.columns) {
    create.columns.push_back(to_column(column));
    create.columns.back().comment.reset();
    if (!column.comment.empty()) {
      later.push_back(comment_on(table.name, column.name, column.comment));
    }
  }
  std::vector<std::vector<std::string>> keys;
  for (const Constraint& constraint : table.constraints) {
    if (constraint.kind == ConstraintKind::foreign_key || (constraint.inherited && !partition)) {
      continue;
    }
    const bool key = constraint.kind != ConstraintKind::check;
    // CREATE TABLE makes one index of two equal ones, and NOT VALID nothing.
    const bool alone = !constraint.valid || (key && std::find(keys.begin(), keys.end(),
                                                              constraint.columns) != keys.end());
    if (alone) {
      later.push_back(creation(table.name, constraint));
      continue;
    }
    create.constraints.push_back(to_constraint(constraint));
    if (key) {
      keys.push_back(constraint.columns);
    }
  }
  for (const Index& index : table.indexes) {
    if (index.constraint.empty() && (!index.inherited || partition)) {
      later.push_back(creation(table.name, index));
    }
  }
  std::vector<migration::Operation> result{on_table(table.name, std::move(create))};
  std::move(later.begin(), later.end(), std::back_inserter(result));
  return result;
}

}  // namespace gauger::catalog
