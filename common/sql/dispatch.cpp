#include "sql/context.hpp"
#include "sql/nodes.hpp"

namespace gauger::sql {

void read_statement(Context& context, const ::Node* node, Statement& statement) {
  statement.span = context.statement;
  statement.tag = command_tag(node);
  if (read_query(context, node, statement)) {
    read_references(context, node, statement);
    return;
  }
  switch (node->type) {
    case T_CreateStmt:
      read_create_table(context, as<::CreateStmt>(node), statement);
      return;
    case T_CreateForeignTableStmt:
      read_create_table(context, as<::CreateForeignTableStmt>(node).base, statement);
      statement.object = ObjectKind::foreign_table;
      return;
    case T_IndexStmt:
      read_create_index(context, as<::IndexStmt>(node), statement);
      return;
    case T_AlterTableStmt:
      read_alter_table(context, as<::AlterTableStmt>(node), statement);
      return;
    case T_AlterDomainStmt:
      read_alter_domain(context, as<::AlterDomainStmt>(node), statement);
      return;
    case T_DropStmt:
      read_drop(as<::DropStmt>(node), statement);
      return;
    case T_RenameStmt:
      read_rename(as<::RenameStmt>(node), statement);
      return;
    case T_DoStmt:
      read_do(context, as<::DoStmt>(node), statement);
      return;
    case T_CreateFunctionStmt:
      read_create_function(context, as<::CreateFunctionStmt>(node), statement);
      return;
    default:
      break;
  }
  // What none of them knows stays StatementKind::other.
  static_cast<void>(read_create(context, node, statement) || read_of_object(node, statement) ||
                    read_utility(context, node, statement));
}

}  // namespace gauger::sql
