#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "sql/context.hpp"
#include "sql/nodes.hpp"

namespace gauger::sql {
namespace {

// The string constant of DO or AS, which the grammar keeps only the value of.
void set_routine(Context& context, std::string language, std::string body, std::size_t first) {
  std::transform(language.begin(), language.end(), language.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  const Tokens& tokens = context.tokens();
  const std::size_t end = context.end_token();
  while (first < end && !tokens.is_kind(first, TokenKind::string)) {
    ++first;
  }
  context.routine = RoutineSource{.language = std::move(language),
                                  .text = std::move(body),
                                  .literal = tokens.span(first, std::min(first + 1, end))};
}

// BEGIN ATOMIC …; END, or RETURN expression: no string, but part of the grammar.
void read_sql_body(Context& context, const ::Node* body, Statement& statement) {
  if (is(body, T_ReturnStmt)) {
    read_references(context, as<::ReturnStmt>(body).returnval, statement);
    return;
  }
  if (!is(body, T_List)) {
    return;
  }
  const base::Span whole = context.statement;
  const Tokens& tokens = context.tokens();
  const std::size_t end = context.end_token();
  std::size_t first = context.first_token();
  while (first < end && !(tokens.is_word(first, "begin") && tokens.is_word(first + 1, "atomic"))) {
    ++first;
  }
  first += 2;
  for (const auto* list : items<::List>(&as<::List>(body))) {
    for (const ::Node* inner : nodes(list)) {
      const std::size_t semicolon = tokens.find_symbol(first, end, ";");
      context.statement = tokens.span(first, semicolon);
      if (is(inner, T_ReturnStmt)) {
        read_references(context, as<::ReturnStmt>(inner).returnval, statement);
      } else {
        read_statement(context, inner, statement.body.emplace_back());
      }
      first = semicolon + 1;
    }
  }
  context.statement = whole;
}

}  // namespace

void read_do(Context& context, const ::DoStmt& node, Statement& statement) {
  statement.kind = StatementKind::do_;
  const ::DefElem* body = option(node.args, "as");
  const ::DefElem* language = option(node.args, "language");
  if (body != nullptr) {
    set_routine(context, language == nullptr ? "plpgsql" : value_text(language->arg),
                value_text(body->arg), context.token_at(body->location));
  }
}

void read_create_function(Context& context, const ::CreateFunctionStmt& node,
                          Statement& statement) {
  statement.kind = StatementKind::create_function;
  statement.object = node.is_procedure ? ObjectKind::procedure : ObjectKind::function;
  statement.names = {qualified_name(node.funcname)};
  statement.or_replace = node.replace;
  if (const ::DefElem* volatility = option(node.options, "volatility")) {
    statement.volatility = value_text(volatility->arg);
  }
  for (const auto* parameter : items<::FunctionParameter>(node.parameters)) {
    read_references(context, parameter->defexpr, statement);
  }
  if (node.sql_body != nullptr) {
    read_sql_body(context, node.sql_body, statement);
    context.routine.reset();
    return;
  }
  const ::DefElem* body = option(node.options, "as");
  const ::DefElem* language = option(node.options, "language");
  if (body == nullptr || !is(body->arg, T_List)) {
    statement.body_opaque = true;
    return;
  }
  const auto parts = nodes(&as<::List>(body->arg));
  set_routine(context, language == nullptr ? std::string() : value_text(language->arg),
              value_text(parts[0]), context.token_at(body->location));
}

}  // namespace gauger::sql
