// CREATE.
#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "migration/sql_parts.hpp"
#include "migration/sql_sink.hpp"

namespace gauger::migration {
namespace {

sql::QualifiedName first_name(const sql::Statement& statement) {
  return statement.names.empty() ? sql::QualifiedName{} : statement.names.front();
}

// A hole in a list of columns may be any number of them.
bool are_known(const std::vector<Column>& columns) {
  return std::all_of(columns.begin(), columns.end(),
                     [](const Column& column) { return column.name.known; });
}

// PRIMARY KEY and NOT NULL of the table are also the columns' own.
void apply_to_columns(const Constraint& constraint, std::vector<Column>& columns) {
  const bool key = constraint.kind == ConstraintKind::primary_key;
  if (!key && constraint.kind != ConstraintKind::not_null) {
    return;
  }
  for (Column& column : columns) {
    const bool named =
        std::any_of(constraint.columns.begin(), constraint.columns.end(), [&](const Name& name) {
          return name.known && column.name.known && name.text == column.name.text;
        });
    if (named) {
      column.primary_key = column.primary_key || key;
      column.nullable = false;
    }
  }
}

void write_create_table(SqlSink& sink, const sql::Statement& statement) {
  CreateTable create;
  for (const sql::ColumnDefinition& definition : statement.columns) {
    create.columns.push_back(column_from(definition));
    std::vector<Constraint> inside = constraints_of(definition);
    std::move(inside.begin(), inside.end(), std::back_inserter(create.constraints));
  }
  for (const sql::Constraint& constraint : statement.constraints) {
    create.constraints.push_back(constraint_from(constraint));
    apply_to_columns(create.constraints.back(), create.columns);
  }
  create.partition_strategy = statement.partition_strategy;
  create.partition_key = statement.partition_key;
  create.partition_of = table_from(statement.partition_of);
  create.partition_bounds = statement.partition_bounds;
  create.default_partition = lower(statement.partition_bounds) == "default";
  for (const sql::QualifiedName& parent : statement.inherits) {
    create.inherits.push_back(table_from(parent));
  }
  create.from_query = statement.kind == sql::StatementKind::create_table_as;
  create.columns_known = !create.from_query && statement.like.empty() && are_known(create.columns);
  create.temporary = statement.temporary;
  create.unlogged = statement.unlogged;
  sink.add(statement, std::move(create)).table = table_from(first_name(statement));
}

void write_create_view(SqlSink& sink, const sql::Statement& statement) {
  CreateView create;
  create.materialized = statement.object == sql::ObjectKind::materialized_view;
  create.or_replace = statement.or_replace;
  create.with_data = statement.with_data;
  for (const sql::QualifiedName& read : statement.reads) {
    create.reads.push_back(table_from(read));
  }
  create.definition = statement.query;
  sink.add_object(statement, first_name(statement), std::move(create));
}

void write_create_enum(SqlSink& sink, const sql::Statement& statement) {
  const sql::QualifiedName name = first_name(statement);
  EnumType type;
  type.name = name_from(name.name);
  type.schema = name_from(name.schema);
  type.labels = statement.labels;
  type.labels_known = std::none_of(type.labels.begin(), type.labels.end(), has_hole);
  sink.add_object(statement, name, CreateEnum{std::move(type)});
}

void write_create_domain(SqlSink& sink, const sql::Statement& statement) {
  CreateDomain create;
  if (!statement.columns.empty()) {
    create.type = type_from(statement.columns.front().type);
  }
  for (const sql::Constraint& constraint : statement.constraints) {
    if (constraint.kind == sql::ConstraintKind::not_null) {
      create.not_null = true;
    } else if (constraint.kind == sql::ConstraintKind::default_) {
      create.default_ = default_from(constraint.expression);
    } else if (constraint.kind == sql::ConstraintKind::check) {
      create.checks.push_back(constraint_from(constraint));
    }
  }
  sink.add_object(statement, first_name(statement), std::move(create));
}

void write_create_function(SqlSink& sink, const sql::Statement& statement) {
  const Volatility volatility = statement.volatility == "immutable" ? Volatility::immutable
                                : statement.volatility == "stable"  ? Volatility::stable
                                                                    : Volatility::volatile_;
  sink.add_object(statement, first_name(statement), CreateFunction{volatility});
}

void write_create_index(SqlSink& sink, const sql::Statement& statement) {
  Index index = index_from(statement);
  const Name name = index.name;
  Operation& made = sink.add(statement, CreateIndex{std::move(index)});
  made.table = table_from(statement.table);
  made.object = name;
}

// What belongs to a table and has a name of its own.
void write_on_table(SqlSink& sink, const sql::Statement& statement, Action action) {
  Operation& made = sink.add(statement, std::move(action));
  made.table = table_from(statement.table);
  made.object = name_from(first_name(statement).name);
}

void write_create_other(SqlSink& sink, const sql::Statement& statement) {
  CreateObject create{.kind = object_kind(statement.object)};
  for (const sql::QualifiedName& table : statement.published) {
    create.published.push_back(table_from(table));
  }
  sink.add_object(statement, first_name(statement), std::move(create));
}

}  // namespace

bool write_create(SqlSink& sink, const sql::Statement& statement) {
  switch (statement.kind) {
    case sql::StatementKind::create_table:
    case sql::StatementKind::create_table_as:
      write_create_table(sink, statement);
      return true;
    case sql::StatementKind::create_index:
      write_create_index(sink, statement);
      return true;
    case sql::StatementKind::create_enum:
      write_create_enum(sink, statement);
      return true;
    case sql::StatementKind::create_domain:
      write_create_domain(sink, statement);
      return true;
    case sql::StatementKind::create_view:
      write_create_view(sink, statement);
      return true;
    case sql::StatementKind::create_function:
      write_create_function(sink, statement);
      return true;
    case sql::StatementKind::create_trigger:
      write_on_table(
          sink, statement,
          CreateTrigger{
              statement.functions.empty() ? Name{} : name_from(statement.functions.front().name),
              statement.conditions});
      return true;
    case sql::StatementKind::create_policy:
      // A column of that name may be another table's.
      write_on_table(sink, statement,
                     CreatePolicy{statement.reads.empty() ? std::optional(statement.conditions)
                                                          : std::nullopt});
      return true;
    case sql::StatementKind::alter_policy:
      write_on_table(sink, statement, CreatePolicy{});
      return true;
    case sql::StatementKind::create_rule:
      write_on_table(sink, statement, CreateRule{});
      return true;
    case sql::StatementKind::create_statistics:
      write_on_table(sink, statement, CreateObject{ObjectKind::statistics});
      return true;
    case sql::StatementKind::create_type:
    case sql::StatementKind::create_sequence:
    case sql::StatementKind::create_schema:
    case sql::StatementKind::create_extension:
      sink.add_object(statement, first_name(statement),
                      CreateObject{object_kind(statement.object)});
      return true;
    case sql::StatementKind::other:
      if (!std::string_view(statement.tag).starts_with("CREATE ")) {
        return false;
      }
      write_create_other(sink, statement);
      return true;
    default:
      return false;
  }
}

}  // namespace gauger::migration
