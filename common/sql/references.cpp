#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include <pg_query.h>

#include "sql/constants.hpp"
#include "sql/context.hpp"
#include "sql/nodes.hpp"

extern "C" {
#include <pg_query_summary.h>
}

namespace gauger::sql {
namespace {

constexpr int no_scope = -1;

// The names that a WITH gives, which are no tables.
struct Scope {
  int parent = no_scope;
  std::vector<std::string_view> names;
};

struct Visit {
  const ::Node* node;
  int scope;
};

// PostgreSQL's tree walker gives the children of one node at a time to `collect`; the walk itself
// keeps its own stack, so that no depth of nesting exhausts the thread's.
class Walk {
 public:
  void run(const ::Node* root, int scope, Statement& statement);

  // The INSERT, UPDATE, DELETE and MERGE found inside of WITH, with the CTE that holds each.
  struct Write {
    const ::CommonTableExpr* expression;
    int scope;
  };
  [[nodiscard]] const std::vector<Write>& writes() const { return writes_; }

 private:
  static bool collect(::Node* child, void* walk);
  void visit(Visit visit, const ::Node* root, Statement& statement);
  [[nodiscard]] int enter(const ::WithClause* with, int scope);
  [[nodiscard]] bool is_expression_name(const ::RangeVar& relation, int scope) const;

  std::vector<Visit> stack_;
  std::vector<Scope> scopes_;
  std::vector<Write> writes_;
  ConstantReader constants_;
  int scope_ = no_scope;  // of the node whose children are being collected
};

void add_once(std::vector<QualifiedName>& names, QualifiedName name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) {
    names.push_back(std::move(name));
  }
}

bool is_write(const ::Node* node) {
  return is(node, T_InsertStmt) || is(node, T_UpdateStmt) || is(node, T_DeleteStmt) ||
         is(node, T_MergeStmt);
}

const ::WithClause* with_clause(const ::Node* node) {
  switch (node->type) {
    case T_SelectStmt:
      return as<::SelectStmt>(node).withClause;
    case T_InsertStmt:
      return as<::InsertStmt>(node).withClause;
    case T_UpdateStmt:
      return as<::UpdateStmt>(node).withClause;
    case T_DeleteStmt:
      return as<::DeleteStmt>(node).withClause;
    case T_MergeStmt:
      return as<::MergeStmt>(node).withClause;
    default:
      return nullptr;
  }
}

// The functions that have a grammar of their own (CURRENT_TIMESTAMP).
std::string_view value_function(::SQLValueFunctionOp operation) {
  switch (operation) {
    case SVFOP_CURRENT_DATE:
      return "current_date";
    case SVFOP_CURRENT_TIME:
    case SVFOP_CURRENT_TIME_N:
      return "current_time";
    case SVFOP_CURRENT_TIMESTAMP:
    case SVFOP_CURRENT_TIMESTAMP_N:
      return "current_timestamp";
    case SVFOP_LOCALTIME:
    case SVFOP_LOCALTIME_N:
      return "localtime";
    case SVFOP_LOCALTIMESTAMP:
    case SVFOP_LOCALTIMESTAMP_N:
      return "localtimestamp";
    case SVFOP_CURRENT_ROLE:
      return "current_role";
    case SVFOP_CURRENT_USER:
      return "current_user";
    case SVFOP_USER:
      return "user";
    case SVFOP_SESSION_USER:
      return "session_user";
    case SVFOP_CURRENT_CATALOG:
      return "current_catalog";
    case SVFOP_CURRENT_SCHEMA:
      return "current_schema";
  }
  return {};
}

QualifiedName function_name(const ::FuncCall& call) {
  QualifiedName name = qualified_name(call.funcname);
  if (call.funcformat == COERCE_SQL_SYNTAX) {
    name.schema.clear();  // EXTRACT(…), which the grammar makes pg_catalog.extract(…)
  }
  return name;
}

bool Walk::collect(::Node* child, void* walk) {
  if (child != nullptr) {
    auto& self = *static_cast<Walk*>(walk);
    self.stack_.push_back({child, self.scope_});
  }
  return false;
}

int Walk::enter(const ::WithClause* with, int scope) {
  const auto expressions = items<::CommonTableExpr>(with->ctes);
  const auto add_scope = [&](int parent) {
    scopes_.push_back({.parent = parent});
    return static_cast<int>(scopes_.size()) - 1;
  };
  if (with->recursive) {
    scope = add_scope(scope);
    for (const ::CommonTableExpr* expression : expressions) {
      scopes_.back().names.emplace_back(expression->ctename);
    }
  }
  for (const ::CommonTableExpr* expression : expressions) {
    if (is_write(expression->ctequery)) {
      writes_.push_back({expression, scope});
    } else {
      stack_.push_back({expression->ctequery, scope});
    }
    if (!with->recursive) {
      scope = add_scope(scope);
      scopes_.back().names.emplace_back(expression->ctename);
    }
  }
  return scope;
}

bool Walk::is_expression_name(const ::RangeVar& relation, int scope) const {
  if (relation.schemaname != nullptr) {
    return false;
  }
  for (; scope != no_scope; scope = scopes_[static_cast<std::size_t>(scope)].parent) {
    const auto& names = scopes_[static_cast<std::size_t>(scope)].names;
    if (std::find(names.begin(), names.end(), relation.relname) != names.end()) {
      return true;
    }
  }
  return false;
}

void Walk::visit(Visit visit, const ::Node* root, Statement& statement) {
  const ::Node* node = visit.node;
  constants_.visit(node);
  switch (node->type) {
    case T_RangeVar: {
      const auto& relation = as<::RangeVar>(node);
      constants_.add_source(relation, is_expression_name(relation, visit.scope));
      if (auto name = qualified_name(&relation);
          !is_expression_name(relation, visit.scope) && name != statement.table) {
        add_once(statement.reads, std::move(name));
      }
      return;
    }
    case T_ColumnRef:
      if (statement.object == ObjectKind::trigger || statement.object == ObjectKind::policy) {
        const auto fields = nodes(as<::ColumnRef>(node).fields);
        if (fields.size() > 0 && is(fields[fields.size() - 1], T_String)) {
          statement.conditions.push_back(value_text(fields[fields.size() - 1]));
        }
      }
      return;
    case T_FuncCall:
      add_once(statement.functions, function_name(as<::FuncCall>(node)));
      break;
    case T_SQLValueFunction:
      add_once(
          statement.functions,
          {.schema = {}, .name = std::string(value_function(as<::SQLValueFunction>(node).op))});
      return;
    case T_WithClause:     // entered with the statement it belongs to
    case T_LockingClause:  // FOR UPDATE OF names aliases
    case T_IntoClause:
    case T_ReturningOption:
    case T_Alias:
      return;
    case T_ReturningClause:
      stack_.push_back({as_node(as<::ReturningClause>(node).exprs), visit.scope});
      return;
    default:
      break;
  }
  // The walker takes its node without const, and does not write to it.
  auto* walked = const_cast<::Node*>(node);  // NOLINT(cppcoreguidelines-pro-type-const-cast)
  if (!pg_query_raw_tree_walker_supports(walked)) {
    return;
  }
  if (is_write(node) && node != root) {
    return;  // the grammar has no such place but WITH
  }
  const std::size_t size = stack_.size();
  scope_ = visit.scope;
  if (const ::WithClause* with = with_clause(node)) {
    scope_ = enter(with, visit.scope);
  }
  raw_expression_tree_walker_impl(walked, &Walk::collect, this);
  std::reverse(stack_.begin() + static_cast<std::ptrdiff_t>(size), stack_.end());
}

void Walk::run(const ::Node* root, int scope, Statement& statement) {
  stack_.push_back({root, scope});
  while (!stack_.empty()) {
    const Visit next = stack_.back();
    stack_.pop_back();
    if (next.node != nullptr) {
      visit(next, root, statement);
    }
  }
  constants_.take(statement.constants);
}

// Of the statement inside of a CTE: name [(columns)] AS [[NOT] MATERIALIZED] (statement).
base::Span query_span(Context& context, const ::CommonTableExpr& expression) {
  const Tokens& tokens = context.tokens();
  const std::size_t end = context.end_token();
  const std::size_t open = tokens.find_symbol(
      tokens.find_word(context.token_at(expression.location) + 1, end, "as"), end, "(");
  return tokens.span(open + 1, tokens.skip(open, end) - 1);
}

}  // namespace

void read_references(Context& context, const ::Node* root, Statement& statement) {
  if (root == nullptr) {
    return;
  }
  Walk walk;
  walk.run(root, no_scope, statement);
  for (std::size_t i = 0; i < walk.writes().size(); ++i) {
    const Walk::Write write = walk.writes()[i];
    Statement inner;
    inner.span = query_span(context, *write.expression);
    inner.tag = command_tag(write.expression->ctequery);
    read_query(context, write.expression->ctequery, inner);
    walk.run(write.expression->ctequery, write.scope, inner);
    statement.body.push_back(std::move(inner));
  }
}

}  // namespace gauger::sql
