// ALTER TABLE and its like, ALTER DOMAIN, ALTER TYPE of an enum.
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "migration/sql_parts.hpp"
#include "migration/sql_sink.hpp"

namespace gauger::migration {
namespace {

using sql::AlterKind;

// "SET GENERATED ALWAYS SET START 1"
Identity identity_of(const std::string& written) {
  const std::string text = lower(written);
  return text.find("always") != std::string::npos       ? Identity::always
         : text.find("by default") != std::string::npos ? Identity::by_default
                                                        : Identity::none;
}

// What a subcommand that has an action of its own does to a column; Other where it is none.
Action column_action(const sql::AlterAction& action) {
  const Name column = name_from(action.name);
  switch (action.kind) {
    case AlterKind::add_column:
      return AddColumn{action.column ? column_from(*action.column) : Column{}};
    case AlterKind::drop_column:
      return DropColumn{column};
    case AlterKind::set_type:
      return ChangeType{.column = column,
                        .type = action.column ? type_from(action.column->type) : Type{},
                        .using_ = action.expression,
                        .collation = action.column ? action.column->collation : std::string()};
    case AlterKind::set_not_null:
      return SetNotNull{.column = column};
    case AlterKind::drop_not_null:
      return DropNotNull{column};
    case AlterKind::set_default:
      return SetDefault{.column = column, .value = default_from(action.expression)};
    case AlterKind::drop_default:
      return SetDefault{.column = column};
    case AlterKind::add_identity: {
      const bool always = action.constraint && action.constraint->generated_always;
      return ChangeIdentity{.column = column,
                            .change = IdentityChange::add,
                            .identity = always ? Identity::always : Identity::by_default};
    }
    case AlterKind::set_identity:
      return ChangeIdentity{
          .column = column, .change = IdentityChange::set, .identity = identity_of(action.text)};
    case AlterKind::drop_identity:
      return ChangeIdentity{.column = column, .change = IdentityChange::drop};
    case AlterKind::set_expression:
      return SetExpression{.column = column, .expression = action.expression};
    case AlterKind::drop_expression:
      return SetExpression{.column = column};
    default:
      return Other{};
  }
}

// What else is changed, and to what; `other` for what has an action of its own.
std::pair<TableSetting, std::string> setting_of(const sql::AlterAction& action) {
  switch (action.kind) {
    case AlterKind::set_logged:
      return {TableSetting::logged, {}};
    case AlterKind::set_unlogged:
      return {TableSetting::unlogged, {}};
    case AlterKind::set_tablespace:
      return {TableSetting::tablespace, action.name};
    case AlterKind::set_access_method:
      return {TableSetting::access_method, action.name};
    case AlterKind::set_storage:
      return {TableSetting::storage, action.text};
    case AlterKind::set_compression:
      return {TableSetting::compression, action.text};
    case AlterKind::set_statistics:
      return {TableSetting::statistics, action.text};
    case AlterKind::set_options:
    case AlterKind::reset_options:
    case AlterKind::column_options:
      return {TableSetting::options, action.text};
    case AlterKind::cluster_on:
      return {TableSetting::cluster_on, {}};
    case AlterKind::enable_trigger:
      return {TableSetting::enable_trigger, action.text};
    case AlterKind::disable_trigger:
      return {TableSetting::disable_trigger, action.text};
    case AlterKind::enable_row_security:
      return {TableSetting::row_security, "ENABLE"};
    case AlterKind::disable_row_security:
      return {TableSetting::row_security, "DISABLE"};
    case AlterKind::force_row_security:
      return {TableSetting::row_security, "FORCE"};
    case AlterKind::no_force_row_security:
      return {TableSetting::row_security, "NO FORCE"};
    case AlterKind::replica_identity:
      return {TableSetting::replica_identity, action.text};
    case AlterKind::inherit:
      return {TableSetting::inherit, {}};
    case AlterKind::no_inherit:
      return {TableSetting::no_inherit, {}};
    case AlterKind::owner:
      return {TableSetting::owner, action.text};
    default:
      return {TableSetting::other, action.text};
  }
}

Action setting_action(const sql::AlterAction& action) {
  auto [setting, value] = setting_of(action);
  const bool names_value =
      setting == TableSetting::tablespace || setting == TableSetting::access_method;
  return AlterTable{.setting = setting,
                    .name = names_value ? Name{} : name_from(action.name),
                    .other = action.other_table ? table_from(*action.other_table) : TableName{},
                    .value = std::move(value)};
}

TableName partition_of(const sql::AlterAction& action) {
  return action.other_table ? table_from(*action.other_table) : TableName{};
}

Action table_action(const sql::AlterAction& action) {
  switch (action.kind) {
    case AlterKind::add_constraint:
      return AddConstraint{action.constraint ? constraint_from(*action.constraint) : Constraint{}};
    case AlterKind::drop_constraint:
      return DropConstraint{};
    case AlterKind::validate_constraint:
      return ValidateConstraint{};
    case AlterKind::alter_constraint:
      return AlterConstraint{};
    case AlterKind::attach_partition:
      return AttachPartition{.partition = partition_of(action),
                             .bounds = action.text,
                             .default_partition = action.default_partition};
    case AlterKind::detach_partition:
    case AlterKind::detach_partition_finalize:
      return DetachPartition{.partition = partition_of(action),
                             .finalize = action.kind == AlterKind::detach_partition_finalize};
    default:
      break;
  }
  Action of_column = column_action(action);
  return std::holds_alternative<Other>(of_column) ? setting_action(action) : of_column;
}

std::string_view words_of(AlterKind kind) {
  switch (kind) {
    case AlterKind::add_column:
      return "ADD COLUMN";
    case AlterKind::drop_column:
      return "DROP COLUMN";
    case AlterKind::set_not_null:
    case AlterKind::drop_not_null:
    case AlterKind::set_default:
    case AlterKind::drop_default:
    case AlterKind::set_type:
    case AlterKind::add_identity:
    case AlterKind::set_identity:
    case AlterKind::drop_identity:
    case AlterKind::set_expression:
    case AlterKind::drop_expression:
    case AlterKind::set_statistics:
    case AlterKind::set_storage:
    case AlterKind::set_compression:
    case AlterKind::column_options:
      return "ALTER COLUMN";
    case AlterKind::add_constraint:
      return "ADD CONSTRAINT";
    case AlterKind::drop_constraint:
      return "DROP CONSTRAINT";
    case AlterKind::validate_constraint:
      return "VALIDATE CONSTRAINT";
    case AlterKind::alter_constraint:
      return "ALTER CONSTRAINT";
    case AlterKind::attach_partition:
      return "ATTACH PARTITION";
    case AlterKind::detach_partition:
    case AlterKind::detach_partition_finalize:
      return "DETACH PARTITION";
    default:
      return {};
  }
}

bool is_constraint(AlterKind kind) {
  return kind == AlterKind::add_constraint || kind == AlterKind::drop_constraint ||
         kind == AlterKind::validate_constraint || kind == AlterKind::alter_constraint;
}

void describe(const sql::Statement& statement, const sql::AlterAction& action, Operation& made) {
  if (const std::string_view words = words_of(action.kind); !words.empty()) {
    made.directive = fmt::format("{} … {}", statement.tag, words);
  }
  made.cascade = action.cascade;
  made.concurrently = action.concurrently;
  made.if_exists = statement.if_exists || action.if_exists;
  made.if_not_exists = made.if_not_exists || action.if_not_exists;
}

void write_table_action(SqlSink& sink, const sql::Statement& statement,
                        const sql::AlterAction& action) {
  Operation& made = sink.add(statement, table_action(action));
  describe(statement, action, made);
  made.table = table_from(statement.table);
  if (is_constraint(action.kind)) {
    made.object = name_from(action.name);
  }
  if (action.kind != AlterKind::add_column || !action.column) {
    return;
  }
  for (Constraint& constraint : constraints_of(*action.column)) {
    const Name name = constraint.name;
    Operation& also = sink.add(statement, AddConstraint{std::move(constraint)});
    describe(statement, action, also);
    also.table = table_from(statement.table);
    also.object = name;
  }
}

// Of an index, view, sequence or composite type. Only what has storage of its own has settings that
// matter.
void write_object_action(SqlSink& sink, const sql::Statement& statement,
                         const sql::AlterAction& action) {
  const bool index = statement.object == sql::ObjectKind::index;
  const bool stored = index || statement.object == sql::ObjectKind::materialized_view;
  Action made = Other{};
  if (index && action.kind == AlterKind::attach_partition) {
    made = AttachIndex{partition_of(action).name};
  } else if (stored && setting_of(action).first != TableSetting::other) {
    made = setting_action(action);
  }
  describe(statement, action, sink.add_object(statement, statement.table, std::move(made)));
}

void write_alter_table(SqlSink& sink, const sql::Statement& statement) {
  const bool table = statement.object == sql::ObjectKind::table ||
                     statement.object == sql::ObjectKind::foreign_table;
  for (const sql::AlterAction& action : statement.actions) {
    if (table) {
      write_table_action(sink, statement, action);
    } else {
      write_object_action(sink, statement, action);
    }
  }
}

void write_alter_domain(SqlSink& sink, const sql::Statement& statement) {
  if (statement.names.empty() || statement.actions.empty()) {
    sink.add(statement, Other{});
    return;
  }
  const sql::AlterAction& action = statement.actions.front();
  AlterDomain change;
  if (action.kind == AlterKind::add_constraint && action.constraint) {
    change.constraint = constraint_from(*action.constraint);
    change.change = change.constraint.kind == ConstraintKind::not_null ? DomainChange::set_not_null
                                                                       : DomainChange::add_check;
  } else if (action.kind == AlterKind::validate_constraint) {
    change.change = DomainChange::validate;
    change.constraint.name = name_from(action.name);
  } else if (action.kind == AlterKind::set_not_null) {
    change.change = DomainChange::set_not_null;
  } else if (action.kind == AlterKind::drop_not_null) {
    change.change = DomainChange::drop_not_null;
  } else if (action.kind == AlterKind::set_default || action.kind == AlterKind::drop_default) {
    change.change = DomainChange::set_default;
    if (action.kind == AlterKind::set_default) {
      change.default_ = default_from(action.expression);
    }
  } else if (action.kind == AlterKind::drop_constraint) {
    change.change = DomainChange::drop_constraint;
    change.constraint.name = name_from(action.name);
  } else {
    change.constraint.name = name_from(action.name);
  }
  Operation& made = sink.add_object(statement, statement.names.front(), std::move(change));
  made.cascade = action.cascade;
  made.if_exists = action.if_exists;
}

void write_alter_enum(SqlSink& sink, const sql::Statement& statement) {
  const sql::QualifiedName name =
      statement.names.empty() ? sql::QualifiedName{} : statement.names.front();
  if (!statement.old_name.empty()) {
    sink.add_object(statement, name, RenameEnumValue{statement.old_name, statement.new_name});
    return;
  }
  sink.add_object(statement, name,
                  AddEnumValue{.label = statement.new_name,
                               .neighbour = statement.neighbour,
                               .before = statement.before,
                               .label_known = !has_hole(statement.new_name)});
}

}  // namespace

bool write_alter(SqlSink& sink, const sql::Statement& statement) {
  switch (statement.kind) {
    case sql::StatementKind::alter_table:
      write_alter_table(sink, statement);
      return !statement.actions.empty();
    case sql::StatementKind::alter_domain:
      write_alter_domain(sink, statement);
      return true;
    case sql::StatementKind::alter_enum:
      write_alter_enum(sink, statement);
      return true;
    default:
      return false;
  }
}

}  // namespace gauger::migration
