#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "sql/context.hpp"
#include "sql/nodes.hpp"

namespace gauger::sql {
namespace {

std::string_view strategy_name(::PartitionStrategy strategy) {
  switch (strategy) {
    case PARTITION_STRATEGY_LIST:
      return "list";
    case PARTITION_STRATEGY_RANGE:
      return "range";
    case PARTITION_STRATEGY_HASH:
      return "hash";
  }
  return {};
}

void read_table_element(Context& context, const ::Node* element, Statement& statement) {
  const std::size_t end = context.end_token();
  switch (element->type) {
    case T_ColumnDef: {
      const auto& column = as<::ColumnDef>(element);
      statement.columns.push_back(read_column(context, column, end));
      for (const auto* constraint : items<::Constraint>(column.constraints)) {
        read_references(context, constraint->raw_expr, statement);
      }
      break;
    }
    case T_Constraint: {
      const auto& constraint = as<::Constraint>(element);
      statement.constraints.push_back(read_constraint(context, constraint, end));
      read_references(context, constraint.raw_expr, statement);
      read_references(context, constraint.where_clause, statement);
      for (const auto* exclusion : items<::List>(constraint.exclusions)) {
        read_references(context, as_node(exclusion), statement);
      }
      break;
    }
    case T_TableLikeClause:
      statement.like.push_back(qualified_name(as<::TableLikeClause>(element).relation));
      read_references(context, as_node(as<::TableLikeClause>(element).relation), statement);
      break;
    default:
      break;
  }
}

// Of an index, [first, end) is the element: a column, a function call or an expression in
// parentheses, and what is said about it.
std::string_view element_expression(const Tokens& tokens, std::size_t first, std::size_t end) {
  if (tokens.is_symbol(first, "(")) {
    return tokens.inside(first, end);
  }
  std::size_t last = first + 1;
  while (tokens.is_symbol(last, ".")) {
    last += 2;
  }
  if (tokens.is_symbol(last, "(")) {
    last = tokens.skip(last, end);
  }
  return tokens.slice(first, std::min(last, end));
}

IndexElement read_element(Context& context, const ::IndexElem& node, std::size_t first,
                          std::size_t end) {
  IndexElement element;
  element.column = text_or_empty(node.name);
  if (node.expr != nullptr) {
    element.expression = element_expression(context.tokens(), first, end);
  }
  element.operator_class = dotted_name(node.opclass);
  element.collation = dotted_name(node.collation);
  element.descending = node.ordering == SORTBY_DESC;
  element.nulls_first = node.nulls_ordering == SORTBY_NULLS_FIRST && !element.descending;
  element.nulls_last = node.nulls_ordering == SORTBY_NULLS_LAST && element.descending;
  return element;
}

void read_elements(Context& context, const ::IndexStmt& node, Statement& statement) {
  bool has_expressions = node.whereClause != nullptr;
  for (const auto* element : items<::IndexElem>(node.indexParams)) {
    has_expressions = has_expressions || element->expr != nullptr;
  }
  if (!has_expressions) {
    for (const auto* element : items<::IndexElem>(node.indexParams)) {
      statement.elements.push_back(read_element(context, *element, 0, 0));
    }
    return;
  }
  const Tokens& tokens = context.tokens();
  const std::size_t end = context.end_token();
  const std::size_t open = tokens.find_symbol(after_relation(context, node.relation), end, "(");
  const std::size_t close = tokens.skip(open, end) - 1;
  std::size_t first = open + 1;
  for (const auto* element : items<::IndexElem>(node.indexParams)) {
    const std::size_t comma = tokens.find_symbol(first, close, ",");
    statement.elements.push_back(read_element(context, *element, first, comma));
    read_references(context, element->expr, statement);
    first = comma + 1;
  }
  if (node.whereClause != nullptr) {
    statement.predicate = tokens.slice(tokens.find_word(close, end, "where") + 1, end);
    read_references(context, node.whereClause, statement);
  }
}

}  // namespace

std::size_t after_relation(Context& context, const ::RangeVar* relation) {
  const Tokens& tokens = context.tokens();
  std::size_t index = context.token_at(relation->location) + 1;
  while (tokens.is_symbol(index, ".")) {
    index += 2;
  }
  if (tokens.is_symbol(index, ")") || tokens.is_symbol(index, "*")) {
    ++index;  // ONLY (name), or name *
  }
  return index;
}

std::string partition_bounds(Context& context, const ::PartitionBoundSpec& bounds) {
  const Tokens& tokens = context.tokens();
  const std::size_t first = context.token_at(bounds.location);
  if (bounds.is_default) {
    return std::string(tokens.text(first));
  }
  // FOR VALUES, then the token that the location is of: IN (…), WITH (…) or FROM (…) TO (…).
  const std::size_t end = context.end_token();
  std::size_t last = tokens.skip(first + 1, end);
  if (tokens.is_word(last, "to")) {
    last = tokens.skip(last + 1, end);
  }
  return std::string(tokens.slice(first - std::min<std::size_t>(first, 2), last));
}

namespace {

// PARTITION BY strategy (key, …)
void read_partition_key(Context& context, const ::PartitionSpec& spec, Statement& statement) {
  statement.partition_strategy = strategy_name(spec.strategy);
  const Tokens& tokens = context.tokens();
  const std::size_t end = context.end_token();
  const std::size_t open = tokens.find_symbol(context.token_at(spec.location), end, "(");
  const std::size_t close = tokens.skip(open, end) - 1;
  std::size_t first = open + 1;
  for (const auto* key : items<::PartitionElem>(spec.partParams)) {
    const std::size_t comma = tokens.find_symbol(first, close, ",");
    statement.partition_key.push_back(
        key->name != nullptr ? key->name : std::string(element_expression(tokens, first, comma)));
    read_references(context, key->expr, statement);
    first = comma + 1;
  }
}

}  // namespace

void read_create_table(Context& context, const ::CreateStmt& node, Statement& statement) {
  statement.kind = StatementKind::create_table;
  statement.object = ObjectKind::table;
  statement.table = qualified_name(node.relation);
  statement.names = {statement.table};
  statement.temporary = node.relation->relpersistence == 't';
  statement.unlogged = node.relation->relpersistence == 'u';
  statement.if_not_exists = node.if_not_exists;
  for (const ::Node* element : nodes(node.tableElts)) {
    read_table_element(context, element, statement);
  }
  if (node.ofTypename != nullptr) {
    statement.like.push_back(qualified_name(node.ofTypename->names));
  }
  if (node.partbound != nullptr) {
    statement.partition_bounds = partition_bounds(context, *node.partbound);
    if (const auto parents = qualified_names(node.inhRelations); !parents.empty()) {
      statement.partition_of = parents.front();
    }
  } else {
    statement.inherits = qualified_names(node.inhRelations);
  }
  if (node.partspec != nullptr) {
    read_partition_key(context, *node.partspec, statement);
  }
}

void read_create_index(Context& context, const ::IndexStmt& node, Statement& statement) {
  statement.kind = StatementKind::create_index;
  statement.object = ObjectKind::index;
  statement.table = qualified_name(node.relation);
  statement.only = !node.relation->inh;
  if (node.idxname != nullptr) {
    // An index lives in the schema of its table.
    statement.names = {{.schema = statement.table.schema, .name = node.idxname}};
  }
  statement.method = text_or_empty(node.accessMethod);
  statement.unique = node.unique;
  statement.nulls_not_distinct = node.nulls_not_distinct;
  statement.concurrently = node.concurrent;
  statement.if_not_exists = node.if_not_exists;
  read_elements(context, node, statement);
  for (const auto* element : items<::IndexElem>(node.indexIncludingParams)) {
    statement.included.push_back(text_or_empty(element->name));
  }
}

}  // namespace gauger::sql
