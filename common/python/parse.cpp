#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <tree_sitter/api.h>
#include <tree_sitter/tree-sitter-python.h>

#include "python/memory.hpp"
#include "python/nodes.hpp"
#include "python/syntax.hpp"

namespace gauger::python {
namespace {

// The grammar's node types that matter, by name.
enum class Grammar : std::uint8_t {
  unknown,
  comment,
  module,
  block,
  expression_statement,
  assignment,
  augmented_assignment,
  import_statement,
  import_from_statement,
  future_import_statement,
  print_statement,
  exec_statement,
  assert_statement,
  return_statement,
  delete_statement,
  raise_statement,
  pass_statement,
  break_statement,
  continue_statement,
  global_statement,
  nonlocal_statement,
  if_statement,
  elif_clause,
  else_clause,
  match_statement,
  case_clause,
  for_statement,
  while_statement,
  try_statement,
  except_clause,
  finally_clause,
  with_statement,
  with_clause,
  with_item,
  function_definition,
  class_definition,
  decorated_definition,
  decorator,
  parameters,
  lambda_parameters,
  default_parameter,
  typed_default_parameter,
  typed_parameter,
  list_splat_pattern,
  dictionary_splat_pattern,
  comparison_operator,
  not_operator,
  boolean_operator,
  lambda,
  conditional_expression,
  named_expression,
  as_pattern,
  as_pattern_target,
  binary_operator,
  unary_operator,
  await,
  yield,
  attribute,
  subscript,
  slice,
  call,
  argument_list,
  keyword_argument,
  list,
  set,
  tuple,
  expression_list,
  pattern_list,
  tuple_pattern,
  list_pattern,
  dictionary,
  pair,
  dictionary_splat,
  list_splat,
  parenthesized_list_splat,
  list_comprehension,
  set_comprehension,
  dictionary_comprehension,
  generator_expression,
  for_in_clause,
  if_clause,
  parenthesized_expression,
  string,
  concatenated_string,
  integer,
  float_,
  identifier,
  true_,
  false_,
  none,
  ellipsis,
  dotted_name,
  relative_import,
  aliased_import,
  wildcard_import,
  keyword_separator,
  positional_separator,
  type,
};

struct GrammarName {
  const char* name;
  Grammar grammar;
};

constexpr std::array grammar_names = {
    GrammarName{"comment", Grammar::comment},
    GrammarName{"line_continuation", Grammar::comment},
    GrammarName{"module", Grammar::module},
    GrammarName{"block", Grammar::block},
    GrammarName{"expression_statement", Grammar::expression_statement},
    GrammarName{"assignment", Grammar::assignment},
    GrammarName{"augmented_assignment", Grammar::augmented_assignment},
    GrammarName{"import_statement", Grammar::import_statement},
    GrammarName{"import_from_statement", Grammar::import_from_statement},
    GrammarName{"future_import_statement", Grammar::future_import_statement},
    GrammarName{"print_statement", Grammar::print_statement},
    GrammarName{"exec_statement", Grammar::exec_statement},
    GrammarName{"assert_statement", Grammar::assert_statement},
    GrammarName{"return_statement", Grammar::return_statement},
    GrammarName{"delete_statement", Grammar::delete_statement},
    GrammarName{"raise_statement", Grammar::raise_statement},
    GrammarName{"pass_statement", Grammar::pass_statement},
    GrammarName{"break_statement", Grammar::break_statement},
    GrammarName{"continue_statement", Grammar::continue_statement},
    GrammarName{"global_statement", Grammar::global_statement},
    GrammarName{"nonlocal_statement", Grammar::nonlocal_statement},
    GrammarName{"if_statement", Grammar::if_statement},
    GrammarName{"elif_clause", Grammar::elif_clause},
    GrammarName{"else_clause", Grammar::else_clause},
    GrammarName{"match_statement", Grammar::match_statement},
    GrammarName{"case_clause", Grammar::case_clause},
    GrammarName{"for_statement", Grammar::for_statement},
    GrammarName{"while_statement", Grammar::while_statement},
    GrammarName{"try_statement", Grammar::try_statement},
    GrammarName{"except_clause", Grammar::except_clause},
    GrammarName{"except_group_clause", Grammar::except_clause},
    GrammarName{"finally_clause", Grammar::finally_clause},
    GrammarName{"with_statement", Grammar::with_statement},
    GrammarName{"with_clause", Grammar::with_clause},
    GrammarName{"with_item", Grammar::with_item},
    GrammarName{"function_definition", Grammar::function_definition},
    GrammarName{"class_definition", Grammar::class_definition},
    GrammarName{"decorated_definition", Grammar::decorated_definition},
    GrammarName{"decorator", Grammar::decorator},
    GrammarName{"parameters", Grammar::parameters},
    GrammarName{"lambda_parameters", Grammar::lambda_parameters},
    GrammarName{"default_parameter", Grammar::default_parameter},
    GrammarName{"typed_default_parameter", Grammar::typed_default_parameter},
    GrammarName{"typed_parameter", Grammar::typed_parameter},
    GrammarName{"list_splat_pattern", Grammar::list_splat_pattern},
    GrammarName{"dictionary_splat_pattern", Grammar::dictionary_splat_pattern},
    GrammarName{"comparison_operator", Grammar::comparison_operator},
    GrammarName{"not_operator", Grammar::not_operator},
    GrammarName{"boolean_operator", Grammar::boolean_operator},
    GrammarName{"lambda", Grammar::lambda},
    GrammarName{"conditional_expression", Grammar::conditional_expression},
    GrammarName{"named_expression", Grammar::named_expression},
    GrammarName{"as_pattern", Grammar::as_pattern},
    GrammarName{"as_pattern_target", Grammar::as_pattern_target},
    GrammarName{"binary_operator", Grammar::binary_operator},
    GrammarName{"unary_operator", Grammar::unary_operator},
    GrammarName{"await", Grammar::await},
    GrammarName{"yield", Grammar::yield},
    GrammarName{"attribute", Grammar::attribute},
    GrammarName{"subscript", Grammar::subscript},
    GrammarName{"slice", Grammar::slice},
    GrammarName{"call", Grammar::call},
    GrammarName{"argument_list", Grammar::argument_list},
    GrammarName{"keyword_argument", Grammar::keyword_argument},
    GrammarName{"list", Grammar::list},
    GrammarName{"set", Grammar::set},
    GrammarName{"tuple", Grammar::tuple},
    GrammarName{"expression_list", Grammar::expression_list},
    GrammarName{"pattern_list", Grammar::pattern_list},
    GrammarName{"tuple_pattern", Grammar::tuple_pattern},
    GrammarName{"list_pattern", Grammar::list_pattern},
    GrammarName{"dictionary", Grammar::dictionary},
    GrammarName{"pair", Grammar::pair},
    GrammarName{"dictionary_splat", Grammar::dictionary_splat},
    GrammarName{"list_splat", Grammar::list_splat},
    GrammarName{"parenthesized_list_splat", Grammar::parenthesized_list_splat},
    GrammarName{"list_comprehension", Grammar::list_comprehension},
    GrammarName{"set_comprehension", Grammar::set_comprehension},
    GrammarName{"dictionary_comprehension", Grammar::dictionary_comprehension},
    GrammarName{"generator_expression", Grammar::generator_expression},
    GrammarName{"for_in_clause", Grammar::for_in_clause},
    GrammarName{"if_clause", Grammar::if_clause},
    GrammarName{"parenthesized_expression", Grammar::parenthesized_expression},
    GrammarName{"string", Grammar::string},
    GrammarName{"concatenated_string", Grammar::concatenated_string},
    GrammarName{"integer", Grammar::integer},
    GrammarName{"float", Grammar::float_},
    GrammarName{"identifier", Grammar::identifier},
    GrammarName{"true", Grammar::true_},
    GrammarName{"false", Grammar::false_},
    GrammarName{"none", Grammar::none},
    GrammarName{"ellipsis", Grammar::ellipsis},
    GrammarName{"dotted_name", Grammar::dotted_name},
    GrammarName{"relative_import", Grammar::relative_import},
    GrammarName{"aliased_import", Grammar::aliased_import},
    GrammarName{"wildcard_import", Grammar::wildcard_import},
    GrammarName{"keyword_separator", Grammar::keyword_separator},
    GrammarName{"positional_separator", Grammar::positional_separator},
    GrammarName{"type", Grammar::type},
};

struct OperatorName {
  std::string_view name;
  Operator op;
};

constexpr std::array operator_names = {
    OperatorName{"+", Operator::add},
    OperatorName{"-", Operator::subtract},
    OperatorName{"*", Operator::multiply},
    OperatorName{"/", Operator::divide},
    OperatorName{"//", Operator::floor_divide},
    OperatorName{"%", Operator::modulo},
    OperatorName{"**", Operator::power},
    OperatorName{"@", Operator::matrix_multiply},
    OperatorName{"&", Operator::bit_and},
    OperatorName{"|", Operator::bit_or},
    OperatorName{"^", Operator::bit_xor},
    OperatorName{"<<", Operator::shift_left},
    OperatorName{">>", Operator::shift_right},
    OperatorName{"~", Operator::invert},
    OperatorName{"and", Operator::and_},
    OperatorName{"or", Operator::or_},
    OperatorName{"==", Operator::equal},
    OperatorName{"!=", Operator::not_equal},
    OperatorName{"<>", Operator::not_equal},
    OperatorName{"<", Operator::less},
    OperatorName{"<=", Operator::less_equal},
    OperatorName{">", Operator::greater},
    OperatorName{">=", Operator::greater_equal},
    OperatorName{"in", Operator::in},
    OperatorName{"not in", Operator::not_in},
    OperatorName{"is", Operator::is},
    OperatorName{"is not", Operator::is_not},
    OperatorName{"not", Operator::not_},
};

Operator operator_of(std::string_view name) {
  if (name.size() > 1 && name.back() == '=' && name != "==" && name != "!=" && name != "<=" &&
      name != ">=") {
    name.remove_suffix(1);  // an augmented assignment's
  }
  for (const OperatorName& entry : operator_names) {
    if (entry.name == name) {
      return entry.op;
    }
  }
  return Operator::none;
}

// What the grammar's numeric symbols and fields mean; looked up once.
struct Tables {
  const TSLanguage* language = tree_sitter_python();
  std::vector<Grammar> symbols;
  std::vector<Operator> operators;
  TSFieldId function = field("function");
  TSFieldId operator_field = field("operator");
  TSFieldId operators_field = field("operators");
  TSFieldId definition = field("definition");
  TSFieldId body = field("body");
  TSFieldId type = field("type");
  TSFieldId return_type = field("return_type");
  TSFieldId type_parameters = field("type_parameters");
  TSFieldId superclasses = field("superclasses");
  TSFieldId alternative = field("alternative");
  TSFieldId right = field("right");
  TSFieldId name = field("name");
  TSFieldId module_name = field("module_name");
  TSFieldId alias = field("alias");
  TSFieldId value = field("value");
  TSFieldId guard = field("guard");
  TSFieldId expression = field("expression");

  Tables() {
    const std::uint32_t count = ts_language_symbol_count(language);
    symbols.resize(count, Grammar::unknown);
    operators.resize(count, Operator::none);
    for (std::uint32_t i = 0; i < count; ++i) {
      const auto symbol = static_cast<TSSymbol>(i);
      const char* symbol_name = ts_language_symbol_name(language, symbol);
      if (ts_language_symbol_type(language, symbol) == TSSymbolTypeAnonymous) {
        operators[i] = operator_of(symbol_name);
        continue;
      }
      for (const GrammarName& entry : grammar_names) {
        if (std::strcmp(entry.name, symbol_name) == 0) {
          symbols[i] = entry.grammar;
        }
      }
    }
  }

  [[nodiscard]] TSFieldId field(std::string_view field_name) const {
    return ts_language_field_id_for_name(language, field_name.data(),
                                         static_cast<std::uint32_t>(field_name.size()));
  }
};

const Tables& tables() {
  static const Tables instance;
  return instance;
}

bool is_expression(NodeKind kind) { return kind <= NodeKind::walrus; }

}  // namespace

// Walks tree-sitter's tree once, depth first, and writes the nodes of a Syntax.
class Builder {
 public:
  Builder(std::string_view text, base::Span piece, Syntax& syntax)
      : text_(text),
        piece_(piece),
        offset_(piece.begin),
        nodes_(*syntax.memory_),
        tables_(tables()) {}

  struct Problem {
    base::Span span;
    std::string_view message;
  };

  // What the text must not have although the grammar accepts it; nothing for a good text.
  std::optional<Problem> build(TSNode root, Syntax& syntax) {
    cursor_ = ts_tree_cursor_new(root);
    syntax.root_ = convert();
    ts_tree_cursor_delete(&cursor_);
    return problem_;
  }

 private:
  struct Child {
    const Node* node;
    TSFieldId field;
  };

  void fail(base::Span span, std::string_view message) {
    if (!problem_) {
      problem_ = Problem{span, message};
    }
  }

  [[nodiscard]] base::Span span_of(TSNode node) const {
    return {offset_ + ts_node_start_byte(node), offset_ + ts_node_end_byte(node)};
  }

  Node* make(NodeKind kind, base::Span span) { return nodes_.make(kind, span); }

  template <class Iterator>
  void set_children(Node& node, Iterator first, Iterator last) {
    nodes_.set_children(node, first, last);
  }

  void set_children(Node& node, std::initializer_list<const Node*> children) {
    nodes_.set_children(node, children);
  }

  [[nodiscard]] Grammar grammar_here() const {
    return tables_.symbols[ts_node_symbol(ts_tree_cursor_current_node(&cursor_))];
  }

  // The node at the cursor, which is left where it was.
  const Node* convert() {
    const TSNode here = ts_tree_cursor_current_node(&cursor_);
    const base::Span span = span_of(here);
    if (++depth_ > deepest_expression) {
      fail(span, "the expression is nested too deeply");
      --depth_;
      return make(NodeKind::other, span);
    }
    const Node* node = convert(tables_.symbols[ts_node_symbol(here)], span);
    --depth_;
    return node;
  }

  const Node* leaf(NodeKind kind, base::Span span) {
    Node* node = make(kind, span);
    node->text = base::slice(text_, span);
    return node;
  }

  const Node* convert(Grammar grammar, base::Span span) {
    switch (grammar) {
      case Grammar::identifier:
        return leaf(NodeKind::name, span);
      case Grammar::integer:
      case Grammar::float_:
        return leaf(NodeKind::number, span);
      case Grammar::true_:
        return leaf(NodeKind::true_, span);
      case Grammar::false_:
        return leaf(NodeKind::false_, span);
      case Grammar::none:
        return leaf(NodeKind::none, span);
      case Grammar::ellipsis:
        return leaf(NodeKind::ellipsis, span);
      case Grammar::dotted_name:
      case Grammar::relative_import:
        return leaf(NodeKind::name, span);
      case Grammar::pass_statement:
        return leaf(NodeKind::pass, span);
      case Grammar::break_statement:
        return leaf(NodeKind::break_, span);
      case Grammar::continue_statement:
        return leaf(NodeKind::continue_, span);
      case Grammar::wildcard_import:
      case Grammar::type:
        return leaf(NodeKind::other, span);
      case Grammar::string:
        return convert_string(span);
      default:
        break;
    }
    const std::size_t first = stack_.size();
    collect(grammar);
    const Node* node = arrange(grammar, span, first);
    stack_.resize(first);
    return node;
  }

  // Converts the children of the node at the cursor onto the stack.
  void collect(Grammar grammar) {
    if (!ts_tree_cursor_goto_first_child(&cursor_)) {
      return;
    }
    do {
      const TSNode here = ts_tree_cursor_current_node(&cursor_);
      const TSFieldId field = ts_tree_cursor_current_field_id(&cursor_);
      if (!ts_node_is_named(here)) {
        if (field != 0 && (field == tables_.operator_field || field == tables_.operators_field)) {
          Node* token = make(NodeKind::operator_, span_of(here));
          token->op = tables_.operators[ts_node_symbol(here)];
          stack_.push_back({token, field});
        } else if (grammar == Grammar::slice) {
          stack_.push_back({nullptr, 0});  // a ":" between the parts
        }
        continue;
      }
      const Grammar child = tables_.symbols[ts_node_symbol(here)];
      if (child == Grammar::comment || child == Grammar::keyword_separator ||
          child == Grammar::positional_separator || field == tables_.return_type ||
          field == tables_.type_parameters) {
        continue;
      }
      const Node* node = convert();
      stack_.push_back({node, field});
    } while (ts_tree_cursor_goto_next_sibling(&cursor_));
    ts_tree_cursor_goto_parent(&cursor_);
  }

  [[nodiscard]] std::size_t count(std::size_t first) const { return stack_.size() - first; }

  [[nodiscard]] const Node* with_field(std::size_t first, TSFieldId field) const {
    for (std::size_t i = first; i < stack_.size(); ++i) {
      if (stack_[i].field == field) {
        return stack_[i].node;
      }
    }
    return nullptr;
  }

  void children_from(Node& node, std::size_t first) {
    order_.clear();
    for (std::size_t i = first; i < stack_.size(); ++i) {
      order_.push_back(stack_[i].node);
    }
    set_children(node, order_.begin(), order_.end());
  }

  const Node* plain(NodeKind kind, base::Span span, std::size_t first) {
    Node* node = make(kind, span);
    children_from(*node, first);
    return node;
  }

  const Node* named(NodeKind kind, base::Span span, std::size_t first) {
    Node* node = make(kind, span);
    node->text = stack_[first].node->text;
    children_from(*node, first + 1);
    return node;
  }

  const Node* arrange(Grammar grammar, base::Span span, std::size_t first) {
    switch (grammar) {
      case Grammar::module:
        return plain(NodeKind::block, piece_, first);
      case Grammar::block:
        return plain(NodeKind::block, span, first);
      case Grammar::expression_statement:
        return expression_statement(span, first);
      case Grammar::assignment:
        return assignment(span, first);
      case Grammar::augmented_assignment:
        return operation(NodeKind::augmented, span, first);
      case Grammar::import_statement:
        return import(NodeKind::import, span, first);
      case Grammar::import_from_statement:
        return import(NodeKind::import_from, span, first);
      case Grammar::aliased_import:
        return aliased_import(span, first);
      case Grammar::assert_statement:
        return plain(NodeKind::assert_, span, first);
      case Grammar::return_statement:
        return plain(NodeKind::return_, span, first);
      case Grammar::delete_statement:
        return plain(NodeKind::delete_, span, first);
      case Grammar::raise_statement:
        return plain(NodeKind::raise, span, first);
      case Grammar::global_statement:
      case Grammar::nonlocal_statement:
        return plain(NodeKind::scope, span, first);
      case Grammar::if_statement:
        return if_statement(span, first);
      case Grammar::elif_clause:
        return plain(NodeKind::if_, span, first);
      case Grammar::else_clause:
        return plain(NodeKind::else_, span, first);
      case Grammar::finally_clause:
        return plain(NodeKind::finally_, span, first);
      case Grammar::except_clause:
        return handler(span, first);
      case Grammar::try_statement:
        return plain(NodeKind::try_, span, first);
      case Grammar::for_statement:
        return loop(NodeKind::for_, span, first);
      case Grammar::while_statement:
        return loop(NodeKind::while_, span, first);
      case Grammar::with_statement:
        return with_statement(span, first);
      case Grammar::with_clause:
        return plain(NodeKind::arguments, span, first);
      case Grammar::with_item:
        return with_item(span, first);
      case Grammar::match_statement:
        return match_statement(span, first);
      case Grammar::case_clause:
        return case_clause(span, first);
      case Grammar::function_definition:
        return function(span, first);
      case Grammar::class_definition:
        return class_definition(span, first);
      case Grammar::decorated_definition:
        return decorated(span, first);
      case Grammar::decorator:
      case Grammar::parenthesized_expression:
      case Grammar::as_pattern_target:
        return count(first) == 1 ? stack_[first].node : plain(NodeKind::other, span, first);
      case Grammar::parameters:
      case Grammar::lambda_parameters:
        return parameters(span, first);
      case Grammar::default_parameter:
      case Grammar::typed_default_parameter:
        return default_parameter(span, first);
      case Grammar::typed_parameter:
        return stack_[first].node;
      case Grammar::list_splat_pattern:
        return plain(NodeKind::starred, span, first);
      case Grammar::dictionary_splat_pattern:
        return plain(NodeKind::double_starred, span, first);
      case Grammar::comparison_operator:
        return plain(NodeKind::compare, span, first);
      case Grammar::boolean_operator:
        return operation(NodeKind::boolean, span, first);
      case Grammar::binary_operator:
        return operation(NodeKind::binary, span, first);
      case Grammar::unary_operator:
        return operation(NodeKind::unary, span, first);
      case Grammar::not_operator:
        return not_operator(span, first);
      case Grammar::lambda:
        return lambda(span, first);
      case Grammar::conditional_expression:
        return plain(NodeKind::conditional, span, first);
      case Grammar::named_expression:
        return named(NodeKind::walrus, span, first);
      case Grammar::await:
        return plain(NodeKind::await, span, first);
      case Grammar::yield:
        return plain(NodeKind::yield, span, first);
      case Grammar::attribute:
        return attribute(span, first);
      case Grammar::subscript:
        return plain(NodeKind::subscript, span, first);
      case Grammar::slice:
        return slice(span, first);
      case Grammar::call:
        return call(span, first);
      case Grammar::argument_list:
        return plain(NodeKind::arguments, span, first);
      case Grammar::keyword_argument:
        return named(NodeKind::keyword, span, first);
      case Grammar::list:
      case Grammar::list_pattern:
        return plain(NodeKind::list, span, first);
      case Grammar::set:
        return plain(NodeKind::set, span, first);
      case Grammar::tuple:
      case Grammar::expression_list:
      case Grammar::pattern_list:
      case Grammar::tuple_pattern:
        return plain(NodeKind::tuple, span, first);
      case Grammar::dictionary:
        return plain(NodeKind::dict, span, first);
      case Grammar::pair:
        return plain(NodeKind::pair, span, first);
      case Grammar::dictionary_splat:
        return plain(NodeKind::double_starred, span, first);
      case Grammar::list_splat:
        return plain(NodeKind::starred, span, first);
      case Grammar::parenthesized_list_splat:
        return stack_[first].node;
      case Grammar::list_comprehension:
        return plain(NodeKind::list_comprehension, span, first);
      case Grammar::set_comprehension:
        return plain(NodeKind::set_comprehension, span, first);
      case Grammar::dictionary_comprehension:
        return plain(NodeKind::dict_comprehension, span, first);
      case Grammar::generator_expression:
        return plain(NodeKind::generator, span, first);
      case Grammar::for_in_clause:
        return for_clause(span, first);
      case Grammar::if_clause:
        return plain(NodeKind::if_clause, span, first);
      case Grammar::concatenated_string:
        return concatenated(span, first);
      case Grammar::as_pattern:
        return plain(NodeKind::other, span, first);
      case Grammar::print_statement:
      case Grammar::exec_statement:
        return python_2_statement(span);
      default:
        return make(NodeKind::other, span);
    }
  }

  // In the grammar, but no Python that runs Alembic accepts it.
  const Node* python_2_statement(base::Span span) {
    fail(span, "invalid syntax: this is a statement of Python 2");
    return make(NodeKind::other, span);
  }

  const Node* expression_statement(base::Span span, std::size_t first) {
    if (count(first) == 1) {
      const Node* only = stack_[first].node;
      if (!is_expression(only->kind)) {
        return only;  // an assignment
      }
      if (text_[span.end - 1] != ',') {
        return plain(NodeKind::expression_statement, span, first);
      }
    }
    const Node* tuple = plain(NodeKind::tuple, span, first);  // `f(), g()` or a stray comma
    Node* statement = make(NodeKind::expression_statement, span);
    set_children(*statement, {tuple});
    return statement;
  }

  const Node* assignment(base::Span span, std::size_t first) {
    const Node* type = with_field(first, tables_.type);
    const Node* right = with_field(first, tables_.right);
    const Node* left = stack_[first].node;
    if (type != nullptr) {
      Node* node = make(NodeKind::annotated, span);
      set_children(*node, {left, type, right});
      return node;
    }
    Node* node = make(NodeKind::assign, span);
    if (right->kind == NodeKind::assign) {  // a = b = value: [a, b, value]
      order_.clear();
      order_.push_back(left);
      order_.insert(order_.end(), right->children.begin(), right->children.end());
      set_children(*node, order_.begin(), order_.end());
    } else {
      set_children(*node, {left, right});
    }
    return node;
  }

  const Node* operation(NodeKind kind, base::Span span, std::size_t first) {
    Node* node = make(kind, span);
    order_.clear();
    for (std::size_t i = first; i < stack_.size(); ++i) {
      if (stack_[i].node->kind == NodeKind::operator_) {
        node->op = stack_[i].node->op;
      } else {
        order_.push_back(stack_[i].node);
      }
    }
    set_children(*node, order_.begin(), order_.end());
    return node;
  }

  const Node* not_operator(base::Span span, std::size_t first) {
    Node* node = make(NodeKind::unary, span);
    node->op = Operator::not_;
    children_from(*node, first);
    return node;
  }

  const Node* import(NodeKind kind, base::Span span, std::size_t first) {
    Node* node = make(kind, span);
    std::size_t begin = first;
    if (kind == NodeKind::import_from) {
      node->text = stack_[first].node->text;
      ++begin;
    }
    order_.clear();
    for (std::size_t i = begin; i < stack_.size(); ++i) {
      const Node* item = stack_[i].node;
      if (item->kind == NodeKind::name) {
        Node* alias = make(NodeKind::alias, item->span);
        alias->text = item->text;
        item = alias;
      }
      if (item->kind == NodeKind::alias) {
        order_.push_back(item);
      }
    }
    set_children(*node, order_.begin(), order_.end());
    return node;
  }

  const Node* aliased_import(base::Span span, std::size_t first) {
    return named(NodeKind::alias, span, first);
  }

  // [condition, block, (elif_clause | else_clause)...] -> nested if_ nodes.
  const Node* if_statement(base::Span span, std::size_t first) {
    const Node* otherwise = nullptr;
    for (std::size_t i = stack_.size(); i > first + 2; --i) {
      const Node* part = stack_[i - 1].node;
      if (part->kind == NodeKind::else_) {
        otherwise = part->optional_child(0);
      } else if (part->kind == NodeKind::if_) {
        Node* nested = make(NodeKind::if_, part->span);
        set_children(*nested, {part->optional_child(0), part->optional_child(1), otherwise});
        otherwise = nested;
      }
    }
    Node* node = make(NodeKind::if_, span);
    set_children(*node, {stack_[first].node, stack_[first + 1].node, otherwise});
    return node;
  }

  const Node* handler(base::Span span, std::size_t first) {
    Node* node = make(NodeKind::handler, span);
    const Node* type = nullptr;
    const Node* body = nullptr;
    for (std::size_t i = first; i < stack_.size(); ++i) {
      const Node* part = stack_[i].node;
      if (part->kind == NodeKind::block) {
        body = part;
      } else if (stack_[i].field == tables_.alias) {
        node->text = part->text;
      } else if (type == nullptr) {
        type = part;
      }
    }
    if (type != nullptr && type->kind == NodeKind::other && type->children.size() == 2) {
      node->text = type->child(1).text;  // read as one expression, see with_item()
      type = type->children[0];
    }
    set_children(*node, {type, body});
    return node;
  }

  const Node* loop(NodeKind kind, base::Span span, std::size_t first) {
    Node* node = make(kind, span);
    order_.clear();
    for (std::size_t i = first; i < stack_.size(); ++i) {
      const Node* part = stack_[i].node;
      order_.push_back(part->kind == NodeKind::else_ ? part->optional_child(0) : part);
    }
    set_children(*node, order_.begin(), order_.end());
    return node;
  }

  const Node* with_statement(base::Span span, std::size_t first) {
    Node* node = make(NodeKind::with, span);
    order_.clear();
    for (std::size_t i = first; i < stack_.size(); ++i) {
      const Node* part = stack_[i].node;
      if (part->kind == NodeKind::arguments) {
        order_.insert(order_.end(), part->children.begin(), part->children.end());
      } else {
        order_.push_back(part);
      }
    }
    set_children(*node, order_.begin(), order_.end());
    return node;
  }

  // The grammar reads `x as y` as one expression (an as_pattern), converted to `other` with the
  // two parts as children.
  const Node* with_item(base::Span span, std::size_t first) {
    Node* node = make(NodeKind::with_item, span);
    const Node* value = stack_[first].node;
    if (value->kind == NodeKind::other && value->children.size() == 2) {
      set_children(*node, value->children.begin(), value->children.end());
    } else {
      set_children(*node, {value});
    }
    return node;
  }

  const Node* match_statement(base::Span span, std::size_t first) {
    Node* node = make(NodeKind::match, span);
    order_.clear();
    for (std::size_t i = first; i < stack_.size(); ++i) {
      const Node* part = stack_[i].node;
      if (part->kind == NodeKind::block) {
        order_.insert(order_.end(), part->children.begin(), part->children.end());
      } else {
        order_.push_back(part);
      }
    }
    set_children(*node, order_.begin(), order_.end());
    return node;
  }

  const Node* case_clause(base::Span span, std::size_t first) {
    Node* node = make(NodeKind::case_block, span);
    for (std::size_t i = first; i < stack_.size(); ++i) {
      if (stack_[i].node->kind == NodeKind::block) {
        set_children(*node, {stack_[i].node});
      }
    }
    return node;
  }

  const Node* function(base::Span span, std::size_t first) {
    return named(NodeKind::function, span, first);
  }

  const Node* class_definition(base::Span span, std::size_t first) {
    Node* node = make(NodeKind::class_, span);
    node->text = stack_[first].node->text;
    const Node* bases = with_field(first, tables_.superclasses);
    if (bases == nullptr) {
      bases = make(NodeKind::arguments, {span.begin, span.begin});
    }
    set_children(*node, {bases, with_field(first, tables_.body)});
    return node;
  }

  const Node* decorated(base::Span span, std::size_t first) {
    const Node* definition = with_field(first, tables_.definition);
    if (definition == nullptr) {
      return make(NodeKind::other, span);
    }
    Node* node = make(definition->kind, span);
    node->text = definition->text;
    order_.assign(definition->children.begin(), definition->children.end());
    for (std::size_t i = first; i < stack_.size(); ++i) {
      if (stack_[i].node != definition) {
        order_.push_back(stack_[i].node);
      }
    }
    set_children(*node, order_.begin(), order_.end());
    return node;
  }

  const Node* default_parameter(base::Span span, std::size_t first) {
    Node* node = make(NodeKind::parameter, span);
    node->text = stack_[first].node->text;
    set_children(*node, {with_field(first, tables_.value)});
    return node;
  }

  const Node* parameters(base::Span span, std::size_t first) {
    Node* list = make(NodeKind::parameters, span);
    std::vector<const Node*> items;
    for (std::size_t i = first; i < stack_.size(); ++i) {
      const Node* part = stack_[i].node;
      if (part->kind == NodeKind::parameter) {
        items.push_back(part);
        continue;
      }
      Node* node = make(NodeKind::parameter, part->span);
      if (part->kind == NodeKind::starred || part->kind == NodeKind::double_starred) {
        node->op = part->kind == NodeKind::starred ? Operator::star : Operator::double_star;
        part = part->children[0];
      }
      node->text = part->text;
      items.push_back(node);
    }
    set_children(*list, items.begin(), items.end());
    return list;
  }

  const Node* lambda(base::Span span, std::size_t first) {
    Node* node = make(NodeKind::lambda, span);
    const Node* body = stack_.back().node;
    const Node* list = count(first) == 2 ? stack_[first].node
                                         : make(NodeKind::parameters, {span.begin, span.begin});
    set_children(*node, {list, body});
    return node;
  }

  const Node* attribute(base::Span span, std::size_t first) {
    Node* node = make(NodeKind::attribute, span);
    node->text = stack_.back().node->text;
    set_children(*node, {stack_[first].node});
    return node;
  }

  const Node* slice(base::Span span, std::size_t first) {
    std::array<const Node*, 3> parts{};
    std::size_t part = 0;
    for (std::size_t i = first; i < stack_.size() && part < parts.size(); ++i) {
      if (stack_[i].node == nullptr) {
        ++part;
      } else {
        parts.at(part) = stack_[i].node;
      }
    }
    Node* node = make(NodeKind::slice, span);
    set_children(*node, parts.begin(), parts.end());
    return node;
  }

  const Node* call(base::Span span, std::size_t first) {
    Node* node = make(NodeKind::call, span);
    order_.clear();
    order_.push_back(stack_[first].node);
    const Node* arguments = stack_.back().node;
    if (arguments->kind == NodeKind::arguments) {
      order_.insert(order_.end(), arguments->children.begin(), arguments->children.end());
    } else {
      order_.push_back(arguments);  // f(x for x in y)
    }
    set_children(*node, order_.begin(), order_.end());
    return node;
  }

  const Node* for_clause(base::Span span, std::size_t first) {
    Node* node = make(NodeKind::for_clause, span);
    if (count(first) == 2) {
      children_from(*node, first);
    } else {  // `for x in a, b`
      Node* tuple = make(NodeKind::tuple, span);
      children_from(*tuple, first + 1);
      set_children(*node, {stack_[first].node, tuple});
    }
    return node;
  }

  // The node at the cursor is a `string`: its parts are read from the text, and the expressions
  // inside its replacement fields from the tree.
  const Node* convert_string(base::Span span) {
    const std::string_view literal = base::slice(text_, span);
    std::size_t prefix = 0;
    bool raw = false;
    bool bytes = false;
    bool formatted = false;
    for (; prefix < literal.size() && literal[prefix] != '"' && literal[prefix] != '\''; ++prefix) {
      const char letter = static_cast<char>(literal[prefix] | 0x20);
      raw = raw || letter == 'r';
      bytes = bytes || letter == 'b';
      formatted = formatted || letter == 'f' || letter == 't';
    }
    std::size_t quotes = 1;
    if (literal.size() >= prefix + 6 && literal[prefix + 1] == literal[prefix] &&
        literal[prefix + 2] == literal[prefix]) {
      quotes = 3;
    }
    const base::Span body{static_cast<std::uint32_t>(span.begin + prefix + quotes),
                          static_cast<std::uint32_t>(span.end - quotes)};
    if (bytes) {
      Node* node = make(NodeKind::bytes, span);
      node->text = base::slice(text_, body);
      return node;
    }
    if (!formatted) {
      Node* node = make(NodeKind::string, span);
      node->text = raw ? base::slice(text_, body) : nodes_.decoded(base::slice(text_, body));
      return node;
    }
    return formatted_string(span, body, raw);
  }

  const Node* formatted_string(base::Span span, base::Span body, bool raw) {
    const std::size_t first = stack_.size();
    std::uint32_t at = body.begin;
    if (ts_tree_cursor_goto_first_child(&cursor_)) {
      do {
        const TSNode here = ts_tree_cursor_current_node(&cursor_);
        if (std::strcmp(ts_node_type(here), "interpolation") != 0) {
          continue;
        }
        const base::Span field = span_of(here);
        add_literal({at, field.begin}, raw);
        stack_.push_back({interpolation(field), 0});
        at = field.end;
      } while (ts_tree_cursor_goto_next_sibling(&cursor_));
      ts_tree_cursor_goto_parent(&cursor_);
    }
    add_literal({at, body.end}, raw);
    const Node* node = plain(NodeKind::formatted, span, first);
    stack_.resize(first);
    return node;
  }

  void add_literal(base::Span span, bool raw) {
    if (span.begin >= span.end) {
      return;
    }
    const std::string_view source = base::slice(text_, span);
    std::string value;
    for (std::size_t i = 0; i < source.size(); ++i) {
      value += source[i];
      if ((source[i] == '{' || source[i] == '}') && i + 1 < source.size() &&
          source[i + 1] == source[i]) {
        ++i;
      }
    }
    Node* node = make(NodeKind::string, span);
    node->text = nodes_.keep(raw ? value : decode_escapes(value));
    stack_.push_back({node, 0});
  }

  const Node* interpolation(base::Span span) {
    Node* node = make(NodeKind::interpolation, span);
    if (ts_tree_cursor_goto_first_child(&cursor_)) {
      do {
        if (ts_tree_cursor_current_field_id(&cursor_) == tables_.expression) {
          const Node* expression = convert();
          const std::initializer_list<const Node*> only{expression};
          set_children(*node, only);
          node->text = base::slice(text_, {expression->span.end, span.end - 1});
        }
      } while (ts_tree_cursor_goto_next_sibling(&cursor_));
      ts_tree_cursor_goto_parent(&cursor_);
    }
    return node;
  }

  const Node* concatenated(base::Span span, std::size_t first) {
    bool all_plain = true;
    std::string value;
    order_.clear();
    for (std::size_t i = first; i < stack_.size(); ++i) {
      const Node* part = stack_[i].node;
      if (part->kind == NodeKind::formatted) {
        all_plain = false;
        order_.insert(order_.end(), part->children.begin(), part->children.end());
      } else {
        value += part->text;
        order_.push_back(part);
      }
    }
    if (stack_[first].node->kind == NodeKind::bytes || all_plain) {
      Node* node = make(stack_[first].node->kind, span);
      node->text = nodes_.keep(value);
      return node;
    }
    Node* node = make(NodeKind::formatted, span);
    set_children(*node, order_.begin(), order_.end());
    return node;
  }

  std::string_view text_;
  base::Span piece_;
  std::uint32_t offset_;
  NodeMaker nodes_;
  const Tables& tables_;
  TSTreeCursor cursor_{};
  std::vector<Child> stack_;
  std::vector<const Node*> order_;
  int depth_ = 0;
  std::optional<Problem> problem_;
};

namespace {

// tree-sitter recovers from every error; this finds the first place where it had to.
std::uint32_t first_error(TSNode root) {
  TSTreeCursor cursor = ts_tree_cursor_new(root);
  std::uint32_t place = ts_node_start_byte(root);
  bool found = false;
  while (!found) {
    const TSNode here = ts_tree_cursor_current_node(&cursor);
    if (ts_node_is_missing(here) || ts_node_is_error(here)) {
      place = ts_node_start_byte(here);
      break;
    }
    found = !ts_tree_cursor_goto_first_child(&cursor);
    while (!found && !ts_node_has_error(ts_tree_cursor_current_node(&cursor))) {
      found = !ts_tree_cursor_goto_next_sibling(&cursor);
    }
  }
  ts_tree_cursor_delete(&cursor);
  return place;
}

// Steps of tree-sitter's parser: it asks for progress each hundred of them. A valid text takes
// about two a byte; one that is all ambiguity can take millions.
struct Budget {
  std::uint64_t left;
};

bool out_of_budget(TSParseState* state) {
  auto* budget = static_cast<Budget*>(state->payload);
  if (budget->left == 0) {
    return true;
  }
  --budget->left;
  return false;
}

struct Source {
  const char* data;
  std::uint32_t size;
};

const char* read_source(void* payload, std::uint32_t offset, TSPoint /*place*/,
                        std::uint32_t* read) {
  const auto* source = static_cast<const Source*>(payload);
  *read = offset < source->size ? source->size - offset : 0;
  return source->data + std::min(offset, source->size);
}

tl::unexpected<base::Error> invalid(std::string_view text, std::uint32_t offset,
                                    std::string message) {
  return base::failure({.kind = base::ErrorKind::unparsable,
                        .message = std::move(message),
                        .position = base::position_of(text, offset)});
}

}  // namespace

base::Result<Syntax> parse_whole(std::string_view text, base::Span piece) {
  const ParserMemory memory;
  TSParser* parser = ts_parser_new();
  ts_parser_set_language(parser, tables().language);
  Source source{text.data() + piece.begin, piece.size()};
  Budget budget{1000 + std::uint64_t{piece.size()} / 4};
  const TSInput input{&source, read_source, TSInputEncodingUTF8, nullptr};
  const TSParseOptions options{&budget, out_of_budget};
  TSTree* tree = ts_parser_parse_with_options(parser, nullptr, input, options);
  base::Result<Syntax> result{Syntax{}};
  if (tree == nullptr) {
    result = invalid(text, piece.begin, "the syntax is too ambiguous to be read");
  } else {
    const TSNode root = ts_tree_root_node(tree);
    if (ts_node_has_error(root)) {
      result = invalid(text, piece.begin + first_error(root), "invalid syntax");
    } else {
      Builder builder(text, piece, *result);
      if (const auto problem = builder.build(root, *result)) {
        result = invalid(text, problem->span.begin, std::string(problem->message));
      }
    }
    ts_tree_delete(tree);
  }
  ts_parser_delete(parser);
  return result;
}

base::Result<Syntax> parse(std::string_view text, base::Span piece) {
  if (auto plain = parse_plain(text, piece)) {
    return *std::move(plain);
  }
  return parse_whole(text, piece);
}

}  // namespace gauger::python
