#include <cstddef>
#include <string>
#include <utility>

#include "sql/context.hpp"
#include "sql/nodes.hpp"

namespace gauger::sql {
namespace {

// The query of CREATE [MATERIALIZED] VIEW: what stands between AS and WITH [NO] DATA or WITH …
// CHECK OPTION.
std::string view_query(Context& context) {
  const Tokens& tokens = context.tokens();
  const std::size_t first = context.first_token();
  const std::size_t begin = tokens.find_word(first, context.end_token(), "as") + 1;
  std::size_t end = context.end_token();
  const auto drop_with = [&](std::size_t words) {
    if (end >= begin + words && tokens.is_word(end - words, "with")) {
      end -= words;
    }
  };
  if (tokens.is_word(end - 1, "data")) {
    drop_with(tokens.is_word(end - 2, "no") ? 3 : 2);
  } else if (tokens.is_word(end - 1, "option") && tokens.is_word(end - 2, "check")) {
    drop_with(tokens.is_word(end - 3, "with") ? 3 : 4);
  }
  return std::string(tokens.slice(begin, end));
}

void read_create_table_as(Context& context, const ::CreateTableAsStmt& node, Statement& statement) {
  const bool view = node.objtype == OBJECT_MATVIEW;
  statement.kind = view ? StatementKind::create_view : StatementKind::create_table_as;
  statement.object = object_kind(node.objtype);
  name_relation(node.into->rel, statement);
  statement.table = qualified_name(node.into->rel);
  set_persistence(node.into->rel, statement);
  statement.if_not_exists = node.if_not_exists;
  statement.with_data = !node.into->skipData;
  if (view) {
    statement.query = view_query(context);
  }
  read_references(context, node.query, statement);
}

void read_create_domain(Context& context, const ::CreateDomainStmt& node, Statement& statement) {
  statement.kind = StatementKind::create_domain;
  statement.object = ObjectKind::domain;
  statement.names = {qualified_name(node.domainname)};
  // A column without a name, to read it alike.
  ::ColumnDef column{};
  column.typeName = node.typeName;
  column.collClause = node.collClause;
  column.constraints = node.constraints;
  statement.columns = {read_column(context, column, context.end_token())};
  statement.constraints = statement.columns.front().constraints;
  for (const auto* constraint : items<::Constraint>(node.constraints)) {
    read_references(context, constraint->raw_expr, statement);
  }
}

void read_create_type(Context& context, const ::CompositeTypeStmt& node, Statement& statement) {
  statement.kind = StatementKind::create_type;
  statement.object = ObjectKind::type;
  name_relation(node.typevar, statement);
  for (const auto* column : items<::ColumnDef>(node.coldeflist)) {
    statement.columns.push_back(read_column(context, *column, context.end_token()));
  }
}

void read_create_view(Context& context, const ::ViewStmt& node, Statement& statement) {
  statement.kind = StatementKind::create_view;
  statement.object = ObjectKind::view;
  name_relation(node.view, statement);
  set_persistence(node.view, statement);
  statement.or_replace = node.replace;
  statement.query = view_query(context);
  read_references(context, node.query, statement);
}

void read_create_trigger(Context& context, const ::CreateTrigStmt& node, Statement& statement) {
  statement.kind = StatementKind::create_trigger;
  statement.object = ObjectKind::trigger;
  name_plain(node.trigname, statement);
  statement.table = qualified_name(node.relation);
  statement.or_replace = node.replace;
  if (node.constrrel != nullptr) {
    statement.reads.push_back(qualified_name(node.constrrel));
  }
  statement.functions.push_back(qualified_name(node.funcname));
  for (const ::Node* column : nodes(node.columns)) {
    statement.conditions.push_back(value_text(column));
  }
  read_references(context, node.whenClause, statement);
}

// CREATE POLICY and ALTER POLICY, which keep the same.
template <class Policy>
void read_policy(Context& context, const Policy& node, StatementKind kind, Statement& statement) {
  statement.kind = kind;
  statement.object = ObjectKind::policy;
  name_plain(node.policy_name, statement);
  statement.table = qualified_name(node.table);
  read_references(context, node.qual, statement);
  read_references(context, node.with_check, statement);
}

void read_create_rule(Context& context, const ::RuleStmt& node, Statement& statement) {
  statement.kind = StatementKind::create_rule;
  statement.object = ObjectKind::rule;
  name_plain(node.rulename, statement);
  statement.table = qualified_name(node.relation);
  statement.or_replace = node.replace;
  read_references(context, node.whereClause, statement);
  for (const ::Node* action : nodes(node.actions)) {
    read_references(context, action, statement);
  }
}

void place_in_schema(const std::string& schema, Statement& element) {
  if (element.table.schema.empty() && !element.table.name.empty()) {
    element.table.schema = schema;
  }
  for (QualifiedName& name : element.names) {
    name.schema = name.schema.empty() ? schema : name.schema;
  }
}

void read_create_schema(Context& context, const ::CreateSchemaStmt& node, Statement& statement) {
  statement.kind = StatementKind::create_schema;
  statement.object = ObjectKind::schema;
  statement.if_not_exists = node.if_not_exists;
  // CREATE SCHEMA AUTHORIZATION role is named after the role.
  statement.names = {
      {.schema = {},
       .name = node.schemaname != nullptr ? node.schemaname : role_name(node.authrole)}};
  for (const ::Node* element : nodes(node.schemaElts)) {
    Statement& inner = statement.body.emplace_back();
    read_statement(context, element, inner);
    place_in_schema(statement.names.front().name, inner);
  }
}

void read_create_statistics(Context& context, const ::CreateStatsStmt& node, Statement& statement) {
  statement.kind = StatementKind::create_statistics;
  statement.object = ObjectKind::statistics;
  statement.if_not_exists = node.if_not_exists;
  if (node.defnames != nullptr) {
    statement.names = {qualified_name(node.defnames)};
  }
  for (const ::Node* relation : nodes(node.relations)) {
    if (is(relation, T_RangeVar)) {
      statement.table = qualified_name(&as<::RangeVar>(relation));
    }
  }
  for (const auto* element : items<::StatsElem>(node.exprs)) {
    read_references(context, element->expr, statement);
  }
}

// Those of which little more than the name is kept; false if the node is none of it.
bool read_create_plain(const ::Node* node, Statement& statement) {
  switch (node->type) {
    case T_CreateEnumStmt:
      statement.kind = StatementKind::create_enum;
      statement.object = ObjectKind::type;
      statement.names = {qualified_name(as<::CreateEnumStmt>(node).typeName)};
      statement.labels = texts(as<::CreateEnumStmt>(node).vals);
      return true;
    case T_CreateRangeStmt:
      statement.kind = StatementKind::create_type;
      statement.object = ObjectKind::type;
      statement.names = {qualified_name(as<::CreateRangeStmt>(node).typeName)};
      return true;
    case T_DefineStmt: {
      const auto& define = as<::DefineStmt>(node);
      statement.kind =
          define.kind == OBJECT_TYPE ? StatementKind::create_type : StatementKind::other;
      statement.object = object_kind(define.kind);
      statement.names = {qualified_name(define.defnames)};
      statement.if_not_exists = define.if_not_exists;
      statement.or_replace = define.replace;
      return true;
    }
    case T_CreateSeqStmt: {
      const auto& create = as<::CreateSeqStmt>(node);
      statement.kind = StatementKind::create_sequence;
      statement.object = ObjectKind::sequence;
      name_relation(create.sequence, statement);
      set_persistence(create.sequence, statement);
      statement.if_not_exists = create.if_not_exists;
      return true;
    }
    case T_CreateExtensionStmt: {
      const auto& create = as<::CreateExtensionStmt>(node);
      statement.kind = StatementKind::create_extension;
      statement.object = ObjectKind::extension;
      name_plain(create.extname, statement);
      statement.if_not_exists = create.if_not_exists;
      statement.cascade = is_on(create.options, "cascade");
      return true;
    }
    default:
      return false;
  }
}

}  // namespace

// The rest of CREATE; false if the node is none of it.
bool read_create(Context& context, const ::Node* node, Statement& statement) {
  if (read_create_plain(node, statement)) {
    return true;
  }
  switch (node->type) {
    case T_CreateTableAsStmt:
      read_create_table_as(context, as<::CreateTableAsStmt>(node), statement);
      return true;
    case T_CreateDomainStmt:
      read_create_domain(context, as<::CreateDomainStmt>(node), statement);
      return true;
    case T_CompositeTypeStmt:
      read_create_type(context, as<::CompositeTypeStmt>(node), statement);
      return true;
    case T_ViewStmt:
      read_create_view(context, as<::ViewStmt>(node), statement);
      return true;
    case T_CreateTrigStmt:
      read_create_trigger(context, as<::CreateTrigStmt>(node), statement);
      return true;
    case T_CreatePolicyStmt:
      read_policy(context, as<::CreatePolicyStmt>(node), StatementKind::create_policy, statement);
      return true;
    case T_AlterPolicyStmt:
      read_policy(context, as<::AlterPolicyStmt>(node), StatementKind::alter_policy, statement);
      return true;
    case T_RuleStmt:
      read_create_rule(context, as<::RuleStmt>(node), statement);
      return true;
    case T_CreateSchemaStmt:
      read_create_schema(context, as<::CreateSchemaStmt>(node), statement);
      return true;
    case T_CreateStatsStmt:
      read_create_statistics(context, as<::CreateStatsStmt>(node), statement);
      return true;
    default:
      return false;
  }
}

}  // namespace gauger::sql
