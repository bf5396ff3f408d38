// Names that change or go: RENAME, SET SCHEMA, DROP.
#include <string>
#include <string_view>
#include <utility>

#include "migration/sql_parts.hpp"
#include "migration/sql_sink.hpp"

namespace gauger::migration {
namespace {

bool is_table(sql::ObjectKind kind) {
  return kind == sql::ObjectKind::table || kind == sql::ObjectKind::foreign_table;
}

bool alters_table(const sql::Statement& statement) {
  return statement.tag == "ALTER TABLE" || statement.tag == "ALTER FOREIGN TABLE";
}

// A trigger's, policy's or rule's own name stands with that of its table.
bool belongs_to_table(sql::ObjectKind kind) {
  return kind == sql::ObjectKind::trigger || kind == sql::ObjectKind::policy ||
         kind == sql::ObjectKind::rule;
}

// A column, constraint, attribute or the like.
void write_rename_part(SqlSink& sink, const sql::Statement& statement) {
  const Name from = name_from(statement.old_name);
  const Name to = name_from(statement.new_name);
  if (alters_table(statement) && statement.object == sql::ObjectKind::column) {
    sink.add(statement, RenameColumn{from, to}).table = table_from(statement.table);
  } else if (alters_table(statement) && statement.object == sql::ObjectKind::constraint) {
    Operation& made = sink.add(statement, RenameConstraint{to});
    made.table = table_from(statement.table);
    made.object = from;
  } else {
    sink.add(statement, Other{});
  }
}

// Of the thing itself; `to` and `schema` are absent where they stay.
void write_moved(SqlSink& sink, const sql::Statement& statement, const sql::QualifiedName& name,
                 const Name& to, const Name& schema) {
  if (is_table(statement.object)) {
    TableName moved = table_from(name);
    moved.name = to.absent() ? moved.name : to;
    moved.schema = schema.absent() ? moved.schema : schema;
    sink.add(statement, RenameTable{std::move(moved)}).table = table_from(name);
    return;
  }
  const Name same = to.absent() ? name_from(name.name) : to;
  switch (statement.object) {
    case sql::ObjectKind::index:
      sink.add_object(statement, name, RenameIndex{same});
      return;
    case sql::ObjectKind::type:
    case sql::ObjectKind::domain:
      sink.add_object(statement, name, RenameType{same, schema});
      return;
    default:
      break;
  }
  Operation& made =
      sink.add_object(statement, name, RenameObject{object_kind(statement.object), same, schema});
  if (belongs_to_table(statement.object)) {
    made.table = table_from(statement.table);
  }
}

Action drop_action(sql::ObjectKind kind) {
  if (kind == sql::ObjectKind::index) {
    return DropIndex{};
  }
  return DropObject{object_kind(kind)};
}

}  // namespace

ObjectKind object_kind(sql::ObjectKind kind) {
  switch (kind) {
    case sql::ObjectKind::type:
    case sql::ObjectKind::domain:
      return ObjectKind::type;
    case sql::ObjectKind::view:
      return ObjectKind::view;
    case sql::ObjectKind::materialized_view:
      return ObjectKind::materialized_view;
    case sql::ObjectKind::function:
    case sql::ObjectKind::procedure:
    case sql::ObjectKind::aggregate:
      return ObjectKind::function;
    case sql::ObjectKind::trigger:
      return ObjectKind::trigger;
    case sql::ObjectKind::policy:
      return ObjectKind::policy;
    case sql::ObjectKind::rule:
      return ObjectKind::rule;
    case sql::ObjectKind::sequence:
      return ObjectKind::sequence;
    case sql::ObjectKind::schema:
      return ObjectKind::schema;
    case sql::ObjectKind::database:
      return ObjectKind::database;
    case sql::ObjectKind::extension:
      return ObjectKind::extension;
    case sql::ObjectKind::statistics:
      return ObjectKind::statistics;
    case sql::ObjectKind::owned:
      return ObjectKind::owned;
    default:
      return ObjectKind::other;
  }
}

bool write_rename(SqlSink& sink, const sql::Statement& statement) {
  if ((statement.kind != sql::StatementKind::rename &&
       statement.kind != sql::StatementKind::set_schema) ||
      statement.names.empty()) {
    return false;
  }
  const sql::QualifiedName& name = statement.names.front();
  if (statement.kind == sql::StatementKind::set_schema) {
    write_moved(sink, statement, name, {}, name_from(statement.new_name));
  } else if (statement.old_name.empty() || belongs_to_table(statement.object) ||
             statement.object == sql::ObjectKind::schema ||
             statement.object == sql::ObjectKind::database) {
    write_moved(sink, statement, name, name_from(statement.new_name), {});
  } else {
    write_rename_part(sink, statement);
  }
  return true;
}

bool write_drop(SqlSink& sink, const sql::Statement& statement) {
  if (statement.kind == sql::StatementKind::other &&
      std::string_view(statement.tag).starts_with("DROP ")) {
    sink.add(statement, DropObject{object_kind(statement.object)});
    return true;
  }
  if (statement.kind != sql::StatementKind::drop) {
    return false;
  }
  for (const sql::QualifiedName& name : statement.names) {
    if (is_table(statement.object)) {
      sink.add(statement, DropTable{}).table = table_from(name);
      continue;
    }
    Operation& made = sink.add_object(statement, name, drop_action(statement.object));
    if (belongs_to_table(statement.object)) {
      made.table = table_from(statement.table);
    }
  }
  return !statement.names.empty();
}

}  // namespace gauger::migration
