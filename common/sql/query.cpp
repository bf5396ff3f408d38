#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "sql/context.hpp"
#include "sql/nodes.hpp"

namespace gauger::sql {
namespace {

void write_to(const ::RangeVar* relation, StatementKind kind, Statement& statement) {
  statement.kind = kind;
  statement.table = qualified_name(relation);
  statement.names = {statement.table};
  statement.only = relation != nullptr && !relation->inh;
  if (relation != nullptr && relation->alias != nullptr) {
    statement.alias = text_or_empty(relation->alias->aliasname);
  }
}

// Each column once, though several branches of a MERGE and several elements of an array may be
// assigned. One that a list assigns twice as a whole, which is an error, stays twice.
void assign(const ::List* targets, std::vector<std::string>& assigned) {
  const std::size_t before = assigned.size();
  for (const auto* target : items<::ResTarget>(targets)) {
    std::string name = text_or_empty(target->name);
    const std::size_t looked_at = target->indirection != nullptr ? assigned.size() : before;
    const auto end = assigned.begin() + static_cast<std::ptrdiff_t>(looked_at);
    if (std::find(assigned.begin(), end, name) == end) {
      assigned.push_back(std::move(name));
    }
  }
}

// WHERE is reserved, and all others of a statement stand in parentheses; RETURNING may follow.
std::string condition(Context& context, base::Span span) {
  const Tokens& tokens = context.tokens();
  const std::size_t end = tokens.at(span.end);
  const std::size_t where = tokens.find_word(tokens.at(span.begin), end, "where");
  return std::string(tokens.slice(where + 1, tokens.find_word(where, end, "returning")));
}

// Whether a query leaves out what is there: NOT EXISTS (…), NOT IN (…), EXCEPT, or the IS NULL of a
// join that found nothing.
bool skips_rows(Context& context, base::Span span) {
  const Tokens& tokens = context.tokens();
  const std::size_t end = tokens.at(span.end);
  for (std::size_t at = tokens.at(span.begin); at < end; ++at) {
    const bool negated = tokens.is_word(at, "not") &&
                         (tokens.is_word(at + 1, "exists") || tokens.is_word(at + 1, "in"));
    const bool is_null = tokens.is_word(at, "is") && tokens.is_word(at + 1, "null");
    if (negated || is_null || tokens.is_word(at, "except")) {
      return true;
    }
  }
  return false;
}

// SELECT set_config(name, value, is_local)
void read_set_config(const ::SelectStmt& select, Statement& statement) {
  const auto targets = items<::ResTarget>(select.targetList);
  if (targets.size() != 1 || !is(targets[0]->val, T_FuncCall)) {
    return;
  }
  const auto& call = as<::FuncCall>(targets[0]->val);
  const auto arguments = nodes(call.args);
  if (qualified_name(call.funcname).name != "set_config" || arguments.size() != 3) {
    return;
  }
  statement.assigned = {value_text(arguments[0])};
  statement.values = {value_text(arguments[1])};
  statement.local = value_text(arguments[2]) != "false";
}

}  // namespace

bool read_query(Context& context, const ::Node* node, Statement& statement) {
  switch (node->type) {
    case T_InsertStmt: {
      const auto& insert = as<::InsertStmt>(node);
      write_to(insert.relation, StatementKind::insert, statement);
      statement.only = false;
      assign(insert.cols, statement.assigned);
      statement.on_conflict = insert.onConflictClause != nullptr;
      if (statement.on_conflict) {
        assign(insert.onConflictClause->targetList, statement.updated);
      }
      statement.from_query = insert.selectStmt != nullptr && is(insert.selectStmt, T_SelectStmt) &&
                             as<::SelectStmt>(insert.selectStmt).valuesLists == nullptr;
      statement.skips_rows = statement.from_query && skips_rows(context, statement.span);
      return true;
    }
    case T_UpdateStmt: {
      const auto& update = as<::UpdateStmt>(node);
      write_to(update.relation, StatementKind::update, statement);
      assign(update.targetList, statement.assigned);
      if (update.whereClause != nullptr) {
        statement.predicate = condition(context, statement.span);
      }
      return true;
    }
    case T_DeleteStmt: {
      const auto& remove = as<::DeleteStmt>(node);
      write_to(remove.relation, StatementKind::delete_, statement);
      if (remove.whereClause != nullptr) {
        statement.predicate = condition(context, statement.span);
      }
      return true;
    }
    case T_MergeStmt: {
      const auto& merge = as<::MergeStmt>(node);
      write_to(merge.relation, StatementKind::merge, statement);
      for (const auto* when : items<::MergeWhenClause>(merge.mergeWhenClauses)) {
        assign(when->targetList, statement.assigned);
      }
      return true;
    }
    case T_SelectStmt: {
      statement.kind = StatementKind::select;
      // SELECT … INTO stands in the leftmost of a UNION.
      const auto* select = &as<::SelectStmt>(node);
      while (select->larg != nullptr) {
        select = select->larg;
      }
      for (const auto* clause : items<::LockingClause>(as<::SelectStmt>(node).lockingClause)) {
        statement.locks_rows = statement.locks_rows || clause->lockedRels == nullptr;
      }
      if (select->intoClause != nullptr) {
        const ::RangeVar* created = select->intoClause->rel;
        write_to(created, StatementKind::create_table_as, statement);
        statement.only = false;
        statement.temporary = created->relpersistence == 't';
        statement.unlogged = created->relpersistence == 'u';
      } else {
        read_set_config(as<::SelectStmt>(node), statement);
      }
      return true;
    }
    default:
      return false;
  }
}

}  // namespace gauger::sql
