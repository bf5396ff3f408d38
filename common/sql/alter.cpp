#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sql/context.hpp"
#include "sql/nodes.hpp"

namespace gauger::sql {
namespace {

// The tokens of one action.
struct Range {
  std::size_t first = 0;
  std::size_t end = 0;
};

// No action of the grammar has a comma outside of parentheses.
std::vector<Range> split_actions(Context& context, std::size_t first, std::size_t count) {
  const Tokens& tokens = context.tokens();
  const std::size_t end = context.end_token();
  std::vector<Range> ranges;
  while (first < end) {
    const std::size_t comma = tokens.find_symbol(first, end, ",");
    ranges.push_back({first, comma});
    first = comma + 1;
  }
  ranges.resize(count, {end, end});
  return ranges;
}

std::string after_word(Context& context, Range range, std::string_view word) {
  const Tokens& tokens = context.tokens();
  return std::string(tokens.slice(tokens.find_word(range.first, range.end, word) + 1, range.end));
}

std::string in_parentheses(Context& context, Range range) {
  const Tokens& tokens = context.tokens();
  return std::string(tokens.inside(tokens.find_symbol(range.first, range.end, "("), range.end));
}

// What follows ALTER [COLUMN] name.
std::string after_column(Context& context, Range range) {
  const Tokens& tokens = context.tokens();
  const std::size_t name = range.first + (tokens.is_word(range.first + 1, "column") ? 2 : 1);
  return std::string(tokens.slice(name + 1, range.end));
}

AlterKind alter_kind(::AlterTableType type) {
  switch (type) {
    case AT_AddColumn:
      return AlterKind::add_column;
    case AT_DropColumn:
      return AlterKind::drop_column;
    case AT_SetNotNull:
      return AlterKind::set_not_null;
    case AT_DropNotNull:
      return AlterKind::drop_not_null;
    case AT_ColumnDefault:
      return AlterKind::set_default;
    case AT_AlterColumnType:
      return AlterKind::set_type;
    case AT_AddConstraint:
      return AlterKind::add_constraint;
    case AT_DropConstraint:
      return AlterKind::drop_constraint;
    case AT_ValidateConstraint:
      return AlterKind::validate_constraint;
    case AT_AlterConstraint:
      return AlterKind::alter_constraint;
    case AT_AddIdentity:
      return AlterKind::add_identity;
    case AT_DropIdentity:
      return AlterKind::drop_identity;
    case AT_SetIdentity:
      return AlterKind::set_identity;
    case AT_SetExpression:
      return AlterKind::set_expression;
    case AT_DropExpression:
      return AlterKind::drop_expression;
    case AT_SetStatistics:
      return AlterKind::set_statistics;
    case AT_SetStorage:
      return AlterKind::set_storage;
    case AT_SetCompression:
      return AlterKind::set_compression;
    case AT_AttachPartition:
      return AlterKind::attach_partition;
    case AT_DetachPartition:
      return AlterKind::detach_partition;
    case AT_DetachPartitionFinalize:
      return AlterKind::detach_partition_finalize;
    case AT_SetLogged:
      return AlterKind::set_logged;
    case AT_SetUnLogged:
      return AlterKind::set_unlogged;
    case AT_SetTableSpace:
      return AlterKind::set_tablespace;
    case AT_SetAccessMethod:
      return AlterKind::set_access_method;
    case AT_ClusterOn:
      return AlterKind::cluster_on;
    case AT_EnableTrig:
    case AT_EnableAlwaysTrig:
    case AT_EnableReplicaTrig:
    case AT_EnableTrigAll:
    case AT_EnableTrigUser:
      return AlterKind::enable_trigger;
    case AT_DisableTrig:
    case AT_DisableTrigAll:
    case AT_DisableTrigUser:
      return AlterKind::disable_trigger;
    case AT_EnableRowSecurity:
      return AlterKind::enable_row_security;
    case AT_DisableRowSecurity:
      return AlterKind::disable_row_security;
    case AT_ForceRowSecurity:
      return AlterKind::force_row_security;
    case AT_NoForceRowSecurity:
      return AlterKind::no_force_row_security;
    case AT_ReplicaIdentity:
      return AlterKind::replica_identity;
    case AT_AddInherit:
      return AlterKind::inherit;
    case AT_DropInherit:
      return AlterKind::no_inherit;
    case AT_ChangeOwner:
      return AlterKind::owner;
    case AT_SetRelOptions:
      return AlterKind::set_options;
    case AT_ResetRelOptions:
      return AlterKind::reset_options;
    case AT_SetOptions:
    case AT_ResetOptions:
    case AT_AlterColumnGenericOptions:
      return AlterKind::column_options;
    default:
      return AlterKind::other;
  }
}

std::string_view trigger_scope(::AlterTableType type) {
  switch (type) {
    case AT_EnableTrigAll:
    case AT_DisableTrigAll:
      return "ALL";
    case AT_EnableTrigUser:
    case AT_DisableTrigUser:
      return "USER";
    case AT_EnableAlwaysTrig:
      return "ALWAYS";
    case AT_EnableReplicaTrig:
      return "REPLICA";
    default:
      return {};
  }
}

std::string_view replica_identity(char type) {
  switch (type) {
    case 'n':
      return "NOTHING";
    case 'f':
      return "FULL";
    case 'i':
      return "USING INDEX";
    default:
      return "DEFAULT";
  }
}

void read_altered_constraint(const ::ATAlterConstraint& node, AlterAction& action) {
  action.name = text_or_empty(node.conname);
  Constraint& constraint = action.constraint.emplace();
  constraint.name = action.name;
  constraint.deferrable = node.deferrable;
  constraint.initially_deferred = node.initdeferred;
  constraint.no_inherit = node.noinherit;
  constraint.not_enforced = node.alterEnforceability && !node.is_enforced;
}

void read_type_change(Context& context, const ::ColumnDef& node, Range range, AlterAction& action) {
  action.column = read_column(context, node, range.end);
  action.column->name = action.name;
  if (node.raw_default != nullptr) {
    action.expression = after_word(context, range, "using");
  }
}

void read_partition(Context& context, const ::PartitionCmd& node, AlterAction& action) {
  action.other_table = qualified_name(node.name);
  action.concurrently = node.concurrent;
  if (node.bound != nullptr) {
    action.text = partition_bounds(context, *node.bound);
    action.default_partition = node.bound->is_default;
  }
}

void read_definition(Context& context, const ::AlterTableCmd& node, Range range,
                     AlterAction& action, Statement& statement) {
  const ::Node* def = node.def;
  switch (node.subtype) {
    case AT_AddColumn:
      if (is(def, T_ColumnDef)) {
        const auto& column = as<::ColumnDef>(def);
        action.column = read_column(context, column, range.end);
        action.name = action.column->name;
        for (const auto* constraint : items<::Constraint>(column.constraints)) {
          read_references(context, constraint->raw_expr, statement);
        }
      }
      break;
    case AT_ColumnDefault:
      if (def == nullptr) {
        action.kind = AlterKind::drop_default;
      } else {
        action.expression = after_word(context, range, "default");
        read_references(context, def, statement);
      }
      break;
    case AT_AlterColumnType:
      if (is(def, T_ColumnDef)) {
        read_type_change(context, as<::ColumnDef>(def), range, action);
        read_references(context, as<::ColumnDef>(def).raw_default, statement);
      }
      break;
    case AT_AddConstraint:
    case AT_AddIdentity:
      if (is(def, T_Constraint)) {
        const auto& constraint = as<::Constraint>(def);
        action.constraint = read_constraint(context, constraint, range.end);
        if (node.subtype == AT_AddConstraint) {
          action.name = action.constraint->name;
        }
        read_references(context, constraint.raw_expr, statement);
        read_references(context, constraint.where_clause, statement);
        read_references(context, as_node(constraint.exclusions), statement);
      }
      break;
    case AT_AlterConstraint:
      if (is(def, T_ATAlterConstraint)) {
        read_altered_constraint(as<::ATAlterConstraint>(def), action);
      }
      break;
    case AT_SetExpression:
      action.expression = in_parentheses(context, range);
      read_references(context, def, statement);
      break;
    case AT_AttachPartition:
    case AT_DetachPartition:
    case AT_DetachPartitionFinalize:
      if (is(def, T_PartitionCmd)) {
        read_partition(context, as<::PartitionCmd>(def), action);
      }
      break;
    case AT_AddInherit:
    case AT_DropInherit:
      if (is(def, T_RangeVar)) {
        action.other_table = qualified_name(&as<::RangeVar>(def));
      }
      break;
    case AT_ReplicaIdentity:
      if (is(def, T_ReplicaIdentityStmt)) {
        const auto& identity = as<::ReplicaIdentityStmt>(def);
        action.name = text_or_empty(identity.name);
        action.text = replica_identity(identity.identity_type);
      }
      break;
    case AT_ChangeOwner:
      action.text = role_name(node.newowner);
      break;
    case AT_SetRelOptions:
    case AT_ResetRelOptions:
    case AT_SetOptions:
    case AT_ResetOptions:
    case AT_AlterColumnGenericOptions:
    case AT_GenericOptions:
      action.text = in_parentheses(context, range);
      break;
    case AT_SetIdentity:
      action.text = after_column(context, range);
      break;
    default:
      action.text = def == nullptr ? std::string(trigger_scope(node.subtype)) : value_text(def);
      break;
  }
}

AlterAction read_action(Context& context, const ::AlterTableCmd& node, Range range,
                        Statement& statement) {
  AlterAction action;
  action.kind = alter_kind(node.subtype);
  action.name = text_or_empty(node.name);
  action.cascade = node.behavior == DROP_CASCADE;
  const bool adds = node.subtype == AT_AddColumn;
  action.if_exists = node.missing_ok && !adds;
  action.if_not_exists = node.missing_ok && adds;
  action.span = context.tokens().span(range.first, range.end);
  read_definition(context, node, range, action, statement);
  return action;
}

}  // namespace

void read_alter_table(Context& context, const ::AlterTableStmt& node, Statement& statement) {
  statement.kind = StatementKind::alter_table;
  statement.object = object_kind(node.objtype);
  statement.table = qualified_name(node.relation);
  statement.names = {statement.table};
  statement.only = node.objtype == OBJECT_TABLE && !node.relation->inh;
  statement.if_exists = node.missing_ok;
  const auto commands = items<::AlterTableCmd>(node.cmds);
  const auto ranges =
      split_actions(context, after_relation(context, node.relation), commands.size());
  for (std::size_t i = 0; i < commands.size(); ++i) {
    statement.actions.push_back(read_action(context, *commands[i], ranges[i], statement));
  }
}

void read_alter_domain(Context& context, const ::AlterDomainStmt& node, Statement& statement) {
  statement.kind = StatementKind::alter_domain;
  statement.object = ObjectKind::domain;
  statement.names = {qualified_name(node.typeName)};
  // ALTER DOMAIN name, then the one action.
  const Tokens& tokens = context.tokens();
  std::size_t first = context.first_token() + 3;
  while (tokens.is_symbol(first, ".")) {
    first += 2;
  }
  const Range range{first, context.end_token()};
  AlterAction action;
  action.name = text_or_empty(node.name);
  action.cascade = node.behavior == DROP_CASCADE;
  action.if_exists = node.missing_ok;
  action.span = tokens.span(range.first, range.end);
  switch (node.subtype) {
    case 'T':
      action.kind = node.def == nullptr ? AlterKind::drop_default : AlterKind::set_default;
      if (node.def != nullptr) {
        action.expression = after_word(context, range, "default");
      }
      break;
    case 'N':
      action.kind = AlterKind::drop_not_null;
      break;
    case 'O':
      action.kind = AlterKind::set_not_null;
      break;
    case 'C':
      action.kind = AlterKind::add_constraint;
      if (is(node.def, T_Constraint)) {
        action.constraint = read_constraint(context, as<::Constraint>(node.def), range.end);
        action.name = action.constraint->name;
      }
      break;
    case 'X':
      action.kind = AlterKind::drop_constraint;
      break;
    case 'V':
      action.kind = AlterKind::validate_constraint;
      break;
    default:
      break;
  }
  const ::Node* expression =
      is(node.def, T_Constraint) ? as<::Constraint>(node.def).raw_expr : node.def;
  read_references(context, expression, statement);
  statement.actions.push_back(std::move(action));
}

}  // namespace gauger::sql
