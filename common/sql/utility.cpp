#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "sql/context.hpp"
#include "sql/nodes.hpp"

namespace gauger::sql {
namespace {

void read_set(const ::VariableSetStmt& node, Statement& statement) {
  const bool sets =
      node.kind == VAR_SET_VALUE || node.kind == VAR_SET_MULTI || node.kind == VAR_SET_CURRENT;
  statement.kind = sets ? StatementKind::set : StatementKind::reset;
  if (node.name != nullptr) {
    statement.assigned = {node.name};
  }
  for (const ::Node* argument : nodes(node.args)) {
    // SET TRANSACTION has options in place of values.
    statement.values.push_back(is(argument, T_DefElem)
                                   ? text_or_empty(as<::DefElem>(argument).defname) + " " +
                                         value_text(as<::DefElem>(argument).arg)
                                   : value_text(argument));
  }
  statement.local = node.is_local;
}

std::string_view lock_mode(int mode) {
  // LOCKMODE of src/include/storage/lockdefs.h
  constexpr std::array<std::string_view, 9> names{
      "",      "ACCESS SHARE",        "ROW SHARE", "ROW EXCLUSIVE",   "SHARE UPDATE EXCLUSIVE",
      "SHARE", "SHARE ROW EXCLUSIVE", "EXCLUSIVE", "ACCESS EXCLUSIVE"};
  return mode > 0 && mode < 9 ? names[static_cast<std::size_t>(mode)] : std::string_view();
}

void read_reindex(const ::ReindexStmt& node, Statement& statement) {
  statement.kind = StatementKind::reindex;
  statement.concurrently = is_on(node.params, "concurrently");
  name_relation(node.relation, statement);
  name_plain(node.name, statement);
  switch (node.kind) {
    case REINDEX_OBJECT_INDEX:
      statement.object = ObjectKind::index;
      break;
    case REINDEX_OBJECT_TABLE:
      statement.object = ObjectKind::table;
      break;
    case REINDEX_OBJECT_SCHEMA:
      statement.object = ObjectKind::schema;
      break;
    case REINDEX_OBJECT_SYSTEM:
      statement.object = ObjectKind::system;
      break;
    case REINDEX_OBJECT_DATABASE:
      statement.object = ObjectKind::database;
      break;
  }
}

void read_vacuum(const ::VacuumStmt& node, Statement& statement) {
  statement.kind = node.is_vacuumcmd ? StatementKind::vacuum : StatementKind::analyze;
  statement.full = is_on(node.options, "full");
  for (const auto* relation : items<::VacuumRelation>(node.rels)) {
    name_relation(relation->relation, statement);
  }
}

// The query of EXPLAIN ANALYZE or COPY, which is run. It stands in [first, end).
void read_executed(Context& context, const ::Node* query, std::size_t first, std::size_t end,
                   Statement& statement) {
  const base::Span whole = context.statement;
  context.statement = context.tokens().span(first, end);
  read_statement(context, query, statement.body.emplace_back());
  context.statement = whole;
}

void read_copy(Context& context, const ::CopyStmt& node, Statement& statement) {
  statement.kind = StatementKind::copy;
  name_relation(node.relation, statement);
  if (node.is_from) {
    statement.table = qualified_name(node.relation);
    statement.assigned = texts(node.attlist);
    statement.from_query = true;
  } else if (node.relation != nullptr) {
    statement.reads = {qualified_name(node.relation)};
  }
  if (node.query != nullptr && !is(node.query, T_SelectStmt)) {
    const std::size_t open = context.first_token() + 1;  // COPY (query)
    const std::size_t close = context.tokens().skip(open, context.end_token()) - 1;
    read_executed(context, node.query, open + 1, close, statement);
  } else {
    read_references(context, node.query, statement);
  }
  read_references(context, node.whereClause, statement);
}

void read_explain(Context& context, const ::ExplainStmt& node, Statement& statement) {
  statement.kind = StatementKind::explain;
  if (is_on(node.options, "analyze")) {
    // EXPLAIN (options) query, or EXPLAIN ANALYZE [VERBOSE] query
    const Tokens& tokens = context.tokens();
    const std::size_t end = context.end_token();
    std::size_t first = context.first_token() + 1;
    if (tokens.is_symbol(first, "(")) {
      first = tokens.skip(first, end);
    }
    while (tokens.is_word(first, "analyze") || tokens.is_word(first, "analyse") ||
           tokens.is_word(first, "verbose")) {
      ++first;
    }
    read_executed(context, node.query, first, end, statement);
  } else {
    read_references(context, node.query, statement);
  }
}

void read_published(const ::List* objects, Statement& statement) {
  for (const auto* object : items<::PublicationObjSpec>(objects)) {
    if (object->pubtable != nullptr) {
      statement.published.push_back(qualified_name(object->pubtable->relation));
    }
  }
}

}  // namespace

// Maintenance, settings and transactions; false if the node is none of it.
bool read_utility(Context& context, const ::Node* node, Statement& statement) {
  switch (node->type) {
    case T_TruncateStmt: {
      const auto& truncate = as<::TruncateStmt>(node);
      statement.kind = StatementKind::truncate;
      statement.object = ObjectKind::table;
      statement.names = qualified_names(truncate.relations);
      statement.cascade = truncate.behavior == DROP_CASCADE;
      return true;
    }
    case T_ReindexStmt:
      read_reindex(as<::ReindexStmt>(node), statement);
      return true;
    case T_ClusterStmt:
      statement.kind = StatementKind::cluster;
      name_relation(as<::ClusterStmt>(node).relation, statement);
      statement.table = qualified_name(as<::ClusterStmt>(node).relation);
      statement.using_index = text_or_empty(as<::ClusterStmt>(node).indexname);
      return true;
    case T_VacuumStmt:
      read_vacuum(as<::VacuumStmt>(node), statement);
      return true;
    case T_CreatePublicationStmt:
      read_published(as<::CreatePublicationStmt>(node).pubobjects, statement);
      return true;
    case T_AlterPublicationStmt:
      read_published(as<::AlterPublicationStmt>(node).pubobjects, statement);
      return true;
    case T_RefreshMatViewStmt: {
      const auto& refresh = as<::RefreshMatViewStmt>(node);
      statement.kind = StatementKind::refresh_view;
      statement.object = ObjectKind::materialized_view;
      name_relation(refresh.relation, statement);
      statement.concurrently = refresh.concurrent;
      statement.with_data = !refresh.skipData;
      return true;
    }
    case T_LockStmt: {
      const auto& lock = as<::LockStmt>(node);
      statement.kind = StatementKind::lock;
      statement.names = qualified_names(lock.relations);
      statement.values = {std::string(lock_mode(lock.mode))};
      return true;
    }
    case T_TransactionStmt:
      statement.kind = StatementKind::transaction;
      name_plain(as<::TransactionStmt>(node).savepoint_name, statement);
      return true;
    case T_VariableSetStmt:
      read_set(as<::VariableSetStmt>(node), statement);
      return true;
    case T_CopyStmt:
      read_copy(context, as<::CopyStmt>(node), statement);
      return true;
    case T_ExplainStmt:
      read_explain(context, as<::ExplainStmt>(node), statement);
      return true;
    case T_CallStmt:
      statement.kind = StatementKind::call;
      statement.names = {qualified_name(as<::CallStmt>(node).funccall->funcname)};
      read_references(context, as_node(as<::CallStmt>(node).funccall), statement);
      return true;
    case T_AlterTableMoveAllStmt:
      statement.kind = StatementKind::move_all;
      return true;
    case T_PrepareStmt:
      read_references(context, as<::PrepareStmt>(node).query, statement);
      return true;
    case T_DeclareCursorStmt:
      read_references(context, as<::DeclareCursorStmt>(node).query, statement);
      return true;
    default:
      return false;
  }
}

}  // namespace gauger::sql
