#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sql/context.hpp"
#include "sql/nodes.hpp"

// The tree keeps where a definition begins but not where its expression ends, and libpg_query's way
// from tree to text respells it. So the text is sliced from the source: the tokens between the
// words that open an expression and what the grammar lets follow it. Each such word is reserved,
// each comma or parenthesis inside of an expression is in a group of its own.
namespace gauger::sql {
namespace {

std::string_view foreign_key_action(char action) {
  switch (action) {
    case FKCONSTR_ACTION_RESTRICT:
      return "RESTRICT";
    case FKCONSTR_ACTION_CASCADE:
      return "CASCADE";
    case FKCONSTR_ACTION_SETNULL:
      return "SET NULL";
    case FKCONSTR_ACTION_SETDEFAULT:
      return "SET DEFAULT";
    default:
      return {};
  }
}

bool ends_definition(const Tokens& tokens, std::size_t index) {
  return tokens.is_symbol(index, ",") || tokens.is_symbol(index, ")") ||
         tokens.is_symbol(index, ";");
}

// Of what may stand after a column's type, that which is no constraint.
bool ends_type(const Tokens& tokens, std::size_t index) {
  return ends_definition(tokens, index) || tokens.is_word(index, "collate") ||
         tokens.is_word(index, "using") || tokens.is_word(index, "storage") ||
         tokens.is_word(index, "compression") || tokens.is_word(index, "options");
}

std::size_t first_after_name(Context& context, const ::Constraint& constraint) {
  const std::size_t first = context.token_at(constraint.location);
  return context.tokens().is_word(first, "constraint") ? first + 2 : first;
}

std::string in_parentheses(Context& context, const ::Constraint& constraint, std::size_t end) {
  const Tokens& tokens = context.tokens();
  const std::size_t open = tokens.find_symbol(first_after_name(context, constraint), end, "(");
  return std::string(tokens.inside(open, end));
}

// `end` is where the next constraint begins.
std::string default_expression(Context& context, const ::Constraint& constraint, std::size_t end) {
  const Tokens& tokens = context.tokens();
  const std::size_t first = first_after_name(context, constraint) + 1;
  std::size_t last = first;
  while (last < end && !ends_definition(tokens, last)) {
    last = tokens.skip(last, end);
  }
  return std::string(tokens.slice(first, last));
}

void read_foreign_key(const ::Constraint& node, Constraint& constraint) {
  constraint.kind = ConstraintKind::foreign_key;
  constraint.columns = texts(node.fk_attrs);
  constraint.referenced = qualified_name(node.pktable);
  constraint.referenced_columns = texts(node.pk_attrs);
  constraint.on_delete = foreign_key_action(node.fk_del_action);
  constraint.on_update = foreign_key_action(node.fk_upd_action);
  constraint.not_enforced = !node.is_enforced;
}

// DEFERRABLE and its like, which the grammar keeps as constraints of their own after a column's.
bool apply_attribute(::ConstrType attribute, Constraint* constraint) {
  Constraint ignored;
  Constraint& target = constraint == nullptr ? ignored : *constraint;
  switch (attribute) {
    case CONSTR_ATTR_DEFERRABLE:
      target.deferrable = true;
      return true;
    case CONSTR_ATTR_NOT_DEFERRABLE:
      target.deferrable = false;
      return true;
    case CONSTR_ATTR_DEFERRED:
      target.deferrable = true;
      target.initially_deferred = true;
      return true;
    case CONSTR_ATTR_IMMEDIATE:
      target.initially_deferred = false;
      return true;
    case CONSTR_ATTR_ENFORCED:
      target.not_enforced = false;
      return true;
    case CONSTR_ATTR_NOT_ENFORCED:
      target.not_enforced = true;
      target.not_valid = true;
      return true;
    default:
      return false;
  }
}

}  // namespace

std::string dotted_name(const ::List* names) {
  const QualifiedName name = qualified_name(names);
  return name.schema.empty() ? name.name : name.schema + "." + name.name;
}

namespace {

std::string modifier_text(const ::Node* modifier) {
  if (is(modifier, T_ColumnRef)) {
    return dotted_name(as<::ColumnRef>(modifier).fields);
  }
  std::string text = value_text(modifier);
  return text.empty() ? "?" : text;
}

// GENERATED ALWAYS AS (expression) STORED: whether the last word is there.
bool says_generated_kind(Context& context, const ::Constraint& constraint, std::size_t end) {
  const Tokens& tokens = context.tokens();
  const std::size_t open = tokens.find_symbol(first_after_name(context, constraint), end, "(");
  const std::size_t after = tokens.skip(open, end);
  return tokens.is_word(after, "stored") || tokens.is_word(after, "virtual");
}

}  // namespace

TypeName read_type(Context& context, const ::TypeName* type, std::size_t end) {
  TypeName result;
  if (type == nullptr) {
    return result;
  }
  result.name = qualified_name(type->names);
  if (result.name.schema == "pg_catalog") {
    result.name.schema.clear();
  }
  for (const ::Node* modifier : nodes(type->typmods)) {
    if (is(modifier, T_A_Const) && is(&as<::A_Const>(modifier).val.node, T_Integer)) {
      result.modifiers.push_back(as<::A_Const>(modifier).val.ival.ival);
    }
    result.written_modifiers.push_back(modifier_text(modifier));
  }
  result.array = items<::Node>(type->arrayBounds).size() > 0;
  if (type->location >= 0) {
    const Tokens& tokens = context.tokens();
    const std::size_t first = context.token_at(type->location);
    std::size_t last = std::min(first + 1, end);
    while (last < end && !ends_type(tokens, last)) {
      last = tokens.skip(last, end);
    }
    result.text = tokens.slice(first, last);
  }
  return result;
}

Constraint read_constraint(Context& context, const ::Constraint& node, std::size_t end) {
  Constraint constraint;
  constraint.name = text_or_empty(node.conname);
  constraint.columns = texts(node.keys);
  constraint.using_index = text_or_empty(node.indexname);
  constraint.not_valid = node.skip_validation;
  constraint.no_inherit = node.is_no_inherit;
  constraint.deferrable = node.deferrable;
  constraint.initially_deferred = node.initdeferred;
  constraint.nulls_not_distinct = node.nulls_not_distinct;
  switch (node.contype) {
    case CONSTR_NULL:
      constraint.kind = ConstraintKind::null;
      break;
    case CONSTR_NOTNULL:
      constraint.kind = ConstraintKind::not_null;
      break;
    case CONSTR_DEFAULT:
      constraint.kind = ConstraintKind::default_;
      constraint.expression = default_expression(context, node, end);
      break;
    case CONSTR_IDENTITY:
      constraint.kind = ConstraintKind::identity;
      constraint.generated_always = node.generated_when == 'a';
      break;
    case CONSTR_GENERATED:
      constraint.kind = ConstraintKind::generated;
      constraint.generated_always = node.generated_when == 'a';
      constraint.generated_virtual = node.generated_kind == 'v';
      constraint.generated_said = says_generated_kind(context, node, end);
      constraint.expression = in_parentheses(context, node, end);
      break;
    case CONSTR_CHECK:
      constraint.kind = ConstraintKind::check;
      constraint.not_enforced = !node.is_enforced;
      constraint.expression = in_parentheses(context, node, end);
      break;
    case CONSTR_PRIMARY:
      constraint.kind = ConstraintKind::primary_key;
      break;
    case CONSTR_UNIQUE:
      constraint.kind = ConstraintKind::unique;
      break;
    case CONSTR_EXCLUSION:
      constraint.kind = ConstraintKind::exclude;
      constraint.expression = in_parentheses(context, node, end);
      break;
    case CONSTR_FOREIGN:
      read_foreign_key(node, constraint);
      break;
    default:
      break;
  }
  return constraint;
}

std::vector<Constraint> read_column_constraints(Context& context, const ::List* constraints,
                                                const ::CollateClause* collation, std::size_t end) {
  std::vector<Constraint> result;
  const auto list = items<::Constraint>(constraints);
  for (std::size_t i = 0; i < list.size(); ++i) {
    const ::Constraint& node = *list[i];
    if (apply_attribute(node.contype, result.empty() ? nullptr : &result.back())) {
      continue;
    }
    // A constraint ends at the latest where what follows it begins.
    int next = i + 1 < list.size() ? list[i + 1]->location : -1;
    if (collation != nullptr && collation->location > node.location &&
        (next < 0 || collation->location < next)) {
      next = collation->location;
    }
    result.push_back(read_constraint(
        context, node,
        next < 0 || node.raw_expr == nullptr ? end : std::min(end, context.token_at(next))));
  }
  return result;
}

ColumnDefinition read_column(Context& context, const ::ColumnDef& node, std::size_t end) {
  ColumnDefinition column;
  column.name = text_or_empty(node.colname);
  const auto constraints = items<::Constraint>(node.constraints);
  int next = constraints.size() > 0 ? constraints[0]->location : -1;
  if (node.collClause != nullptr) {
    column.collation = dotted_name(node.collClause->collname);
    next = next < 0 ? node.collClause->location : std::min(next, node.collClause->location);
  }
  column.type =
      read_type(context, node.typeName, next < 0 ? end : std::min(end, context.token_at(next)));
  column.constraints = read_column_constraints(context, node.constraints, node.collClause, end);
  return column;
}

}  // namespace gauger::sql
