#include <string>
#include <utility>

#include "sql/context.hpp"
#include "sql/nodes.hpp"

namespace gauger::sql {
namespace {

// Triggers, rules, policies, constraints and columns belong to a relation, which stands before
// their own name.
bool belongs_to_relation(::ObjectType type) {
  return type == OBJECT_TRIGGER || type == OBJECT_RULE || type == OBJECT_POLICY ||
         type == OBJECT_TABCONSTRAINT || type == OBJECT_COLUMN;
}

void read_name_list(::ObjectType type, const ::List* list, Statement& statement) {
  const auto parts = nodes(list);
  if (parts.size() == 0) {
    return;
  }
  if (is(parts[0], T_TypeName)) {  // a cast, a transform, a domain's constraint
    statement.names.push_back(qualified_name(as<::TypeName>(parts[0]).names));
    if (type == OBJECT_DOMCONSTRAINT && parts.size() > 1) {
      statement.old_name = value_text(parts[1]);
    }
    return;
  }
  QualifiedName name = qualified_name(list);
  if (!belongs_to_relation(type)) {
    statement.names.push_back(std::move(name));
    return;
  }
  statement.table = {
      .schema = parts.size() > 2 ? value_text(parts[parts.size() - 3]) : std::string(),
      .name = std::move(name.schema)};
  statement.names.push_back({.schema = {}, .name = std::move(name.name)});
}

}  // namespace

ObjectKind object_kind(::ObjectType type) {
  switch (type) {
    case OBJECT_TABLE:
      return ObjectKind::table;
    case OBJECT_VIEW:
      return ObjectKind::view;
    case OBJECT_MATVIEW:
      return ObjectKind::materialized_view;
    case OBJECT_INDEX:
      return ObjectKind::index;
    case OBJECT_SEQUENCE:
      return ObjectKind::sequence;
    case OBJECT_TYPE:
      return ObjectKind::type;
    case OBJECT_DOMAIN:
      return ObjectKind::domain;
    case OBJECT_SCHEMA:
      return ObjectKind::schema;
    case OBJECT_FUNCTION:
    case OBJECT_ROUTINE:
      return ObjectKind::function;
    case OBJECT_PROCEDURE:
      return ObjectKind::procedure;
    case OBJECT_TRIGGER:
    case OBJECT_EVENT_TRIGGER:
      return ObjectKind::trigger;
    case OBJECT_POLICY:
      return ObjectKind::policy;
    case OBJECT_RULE:
      return ObjectKind::rule;
    case OBJECT_EXTENSION:
      return ObjectKind::extension;
    case OBJECT_COLUMN:
    case OBJECT_ATTRIBUTE:
      return ObjectKind::column;
    case OBJECT_TABCONSTRAINT:
    case OBJECT_DOMCONSTRAINT:
      return ObjectKind::constraint;
    case OBJECT_DATABASE:
      return ObjectKind::database;
    case OBJECT_ROLE:
      return ObjectKind::role;
    case OBJECT_STATISTIC_EXT:
      return ObjectKind::statistics;
    case OBJECT_FOREIGN_TABLE:
      return ObjectKind::foreign_table;
    case OBJECT_AGGREGATE:
      return ObjectKind::aggregate;
    case OBJECT_CAST:
      return ObjectKind::cast;
    case OBJECT_OPERATOR:
      return ObjectKind::operator_;
    case OBJECT_COLLATION:
      return ObjectKind::collation;
    default:
      return ObjectKind::other;
  }
}

void read_object(::ObjectType type, const ::RangeVar* relation, const ::Node* object,
                 Statement& statement) {
  statement.object = object_kind(type);
  if (relation != nullptr) {
    statement.names.push_back(qualified_name(relation));
    return;
  }
  if (object == nullptr) {
    return;
  }
  switch (object->type) {
    case T_List:
      read_name_list(type, &as<::List>(object), statement);
      break;
    case T_TypeName:
      statement.names.push_back(qualified_name(as<::TypeName>(object).names));
      break;
    case T_ObjectWithArgs:
      statement.names.push_back(qualified_name(as<::ObjectWithArgs>(object).objname));
      break;
    case T_RangeVar:
      statement.names.push_back(qualified_name(&as<::RangeVar>(object)));
      break;
    case T_RoleSpec:
      statement.names.push_back({.schema = {}, .name = role_name(&as<::RoleSpec>(object))});
      break;
    default:
      statement.names.push_back({.schema = {}, .name = value_text(object)});
      break;
  }
}

void read_drop(const ::DropStmt& node, Statement& statement) {
  statement.kind = StatementKind::drop;
  statement.object = object_kind(node.removeType);
  for (const ::Node* object : nodes(node.objects)) {
    read_object(node.removeType, nullptr, object, statement);
  }
  statement.cascade = node.behavior == DROP_CASCADE;
  statement.if_exists = node.missing_ok;
  statement.concurrently = node.concurrent;
}

void read_rename(const ::RenameStmt& node, Statement& statement) {
  statement.kind = StatementKind::rename;
  statement.object = object_kind(node.renameType);
  statement.old_name = text_or_empty(node.subname);
  statement.new_name = text_or_empty(node.newname);
  statement.if_exists = node.missing_ok;
  statement.cascade = node.behavior == DROP_CASCADE;
  if (node.relation != nullptr) {
    if (node.subname != nullptr || node.renameType == OBJECT_TABLE) {
      statement.table = qualified_name(node.relation);
    }
    statement.only =
        !statement.table.name.empty() && !node.relation->inh && node.renameType != OBJECT_ATTRIBUTE;
  }
  const bool is_part = statement.object == ObjectKind::trigger ||
                       statement.object == ObjectKind::policy ||
                       statement.object == ObjectKind::rule;
  if (node.subname != nullptr &&
      (is_part || (node.relation == nullptr && node.object == nullptr))) {
    statement.names.push_back({.schema = {}, .name = node.subname});
  } else {
    read_object(node.renameType, node.relation, node.object, statement);
  }
}

namespace {

void read_grant(const ::GrantStmt& node, Statement& statement) {
  statement.kind = StatementKind::grant;
  for (const ::Node* object : nodes(node.objects)) {
    read_object(node.objtype, nullptr, object, statement);
  }
  statement.object = object_kind(node.objtype);
  if (node.targtype == ACL_TARGET_ALL_IN_SCHEMA) {
    statement.object = ObjectKind::schema;
  }
  statement.cascade = node.behavior == DROP_CASCADE;
}

void read_alter_enum(const ::AlterEnumStmt& node, Statement& statement) {
  statement.kind = StatementKind::alter_enum;
  statement.object = ObjectKind::enum_value;
  statement.names = {qualified_name(node.typeName)};
  statement.old_name = text_or_empty(node.oldVal);
  statement.new_name = text_or_empty(node.newVal);
  statement.neighbour = text_or_empty(node.newValNeighbor);
  statement.before = node.newValNeighbor != nullptr && !node.newValIsAfter;
  statement.if_not_exists = node.skipIfNewValExists;
}

}  // namespace

// What is said of an object of any kind; false if the node is none of it.
bool read_of_object(const ::Node* node, Statement& statement) {
  switch (node->type) {
    case T_CommentStmt: {
      const auto& comment = as<::CommentStmt>(node);
      statement.kind = StatementKind::comment;
      read_object(comment.objtype, nullptr, comment.object, statement);
      if (comment.comment != nullptr) {
        statement.values = {comment.comment};
      }
      return true;
    }
    case T_AlterObjectSchemaStmt: {
      const auto& alter = as<::AlterObjectSchemaStmt>(node);
      statement.kind = StatementKind::set_schema;
      read_object(alter.objectType, alter.relation, alter.object, statement);
      statement.new_name = text_or_empty(alter.newschema);
      statement.if_exists = alter.missing_ok;
      return true;
    }
    case T_AlterOwnerStmt: {
      const auto& alter = as<::AlterOwnerStmt>(node);
      statement.kind = StatementKind::owner;
      read_object(alter.objectType, alter.relation, alter.object, statement);
      statement.new_name = role_name(alter.newowner);
      return true;
    }
    case T_AlterFunctionStmt: {
      const auto& alter = as<::AlterFunctionStmt>(node);
      read_object(alter.objtype, nullptr, as_node(alter.func), statement);
      return true;
    }
    case T_AlterTypeStmt:
      statement.object = ObjectKind::type;
      statement.names = {qualified_name(as<::AlterTypeStmt>(node).typeName)};
      return true;
    case T_AlterStatsStmt:
      statement.object = ObjectKind::statistics;
      statement.names = {qualified_name(as<::AlterStatsStmt>(node).defnames)};
      return true;
    case T_GrantStmt:
      read_grant(as<::GrantStmt>(node), statement);
      return true;
    case T_GrantRoleStmt:
      statement.kind = StatementKind::grant;
      statement.object = ObjectKind::role;
      return true;
    case T_AlterSeqStmt:
      statement.kind = StatementKind::alter_sequence;
      statement.object = ObjectKind::sequence;
      name_relation(as<::AlterSeqStmt>(node).sequence, statement);
      statement.if_exists = as<::AlterSeqStmt>(node).missing_ok;
      return true;
    case T_AlterExtensionStmt:
      statement.kind = StatementKind::alter_extension;
      statement.object = ObjectKind::extension;
      name_plain(as<::AlterExtensionStmt>(node).extname, statement);
      return true;
    case T_AlterExtensionContentsStmt:
      statement.kind = StatementKind::alter_extension;
      statement.object = ObjectKind::extension;
      name_plain(as<::AlterExtensionContentsStmt>(node).extname, statement);
      return true;
    case T_DropdbStmt:
      statement.kind = StatementKind::drop;
      statement.object = ObjectKind::database;
      name_plain(as<::DropdbStmt>(node).dbname, statement);
      statement.if_exists = as<::DropdbStmt>(node).missing_ok;
      return true;
    case T_DropOwnedStmt:
      statement.kind = StatementKind::drop;
      for (const auto* role : items<::RoleSpec>(as<::DropOwnedStmt>(node).roles)) {
        read_object(OBJECT_ROLE, nullptr, as_node(role), statement);
      }
      statement.object = ObjectKind::owned;
      statement.cascade = as<::DropOwnedStmt>(node).behavior == DROP_CASCADE;
      return true;
    case T_DropRoleStmt:
      statement.kind = StatementKind::drop;
      for (const auto* role : items<::RoleSpec>(as<::DropRoleStmt>(node).roles)) {
        read_object(OBJECT_ROLE, nullptr, as_node(role), statement);
      }
      statement.if_exists = as<::DropRoleStmt>(node).missing_ok;
      return true;
    case T_AlterEnumStmt:
      read_alter_enum(as<::AlterEnumStmt>(node), statement);
      return true;
    default:
      return false;
  }
}

}  // namespace gauger::sql
