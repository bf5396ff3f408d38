// The syntax of a piece of Python as a tree of plain nodes, made from tree-sitter's.
//
// tree-sitter's own nodes cost a walk for every child and name each construct in the grammar's
// terms; everything right of this folder reads these instead.
#pragma once

#include <cstdint>
#include <memory>
#include <memory_resource>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/text.hpp"

namespace gauger::python {

// What `text` and `children` hold is said behind each kind. "?" marks a child that may be null.
enum class NodeKind : std::uint8_t {
  // Expressions
  name,           // text: the identifier
  number,         // text: as written
  string,         // text: the value, escapes decoded, adjacent literals joined
  bytes,          // text: as written between the quotes
  formatted,      // an f-string; string and interpolation children in order
  interpolation,  // [expression]; text: what follows it ("!r", ":>10"), as written
  true_,
  false_,
  none,
  ellipsis,
  tuple,               // elements; also without parentheses
  list,                // elements
  set,                 // elements
  dict,                // pair and double_starred children
  pair,                // [key, value]
  call,                // [callee, arguments...]: expressions, keyword, starred, double_starred
  keyword,             // text: name; [value]
  starred,             // [expression]
  double_starred,      // [expression]
  attribute,           // text: name; [object]
  subscript,           // [object, index...]
  slice,               // [lower?, upper?, step?]
  unary,               // op; [operand]
  binary,              // op; [left, right]
  boolean,             // op and_ or or_; [left, right]
  compare,             // [operand, operator, operand, operator, operand...]
  operator_,           // op; only inside compare
  conditional,         // [then, condition, otherwise]
  lambda,              // [parameters, body]
  list_comprehension,  // [element, clauses...]
  set_comprehension,
  dict_comprehension,  // [pair, clauses...]
  generator,
  for_clause,  // [target, iterable]
  if_clause,   // [condition]
  await,       // [expression]
  yield,       // [expression?]
  walrus,      // text: name; [value]

  // Statements
  block,                 // statements; also the root
  expression_statement,  // [expression]
  assign,                // [target..., value]
  annotated,             // [target, annotation, value?]
  augmented,             // op; [target, value]
  return_,               // [value?]
  raise,                 // [expression...]
  assert_,               // [expression...]
  delete_,               // [target...]
  pass,
  break_,
  continue_,
  scope,        // global, nonlocal: [name...]
  import,       // [alias...]
  import_from,  // text: the module with its leading dots; [alias...], none for "*"
  alias,        // text: the dotted name; [name it is bound to?]
  if_,          // [condition, block, otherwise?]; otherwise: a block or an if_
  for_,         // [target, iterable, block, else block?]
  while_,       // [condition, block, else block?]
  try_,         // [block, handler..., else_?, finally_?]
  handler,      // [exception type?, block]; text: the name it is bound to
  else_,        // [block]
  finally_,     // [block]
  with,         // [with_item..., block]
  with_item,    // [expression, target?]
  function,     // text: name; [parameters, block, decorator...]
  parameters,   // parameter children
  parameter,    // text: name; [default?]; op: none, star or double_star
  class_,       // text: name; [arguments, block, decorator...]
  arguments,    // as the arguments of a call
  match,        // [subject, case_block...]
  case_block,   // [block]
  other,        // a construct that nothing here reads, such as `type X = …`
};

enum class Operator : std::uint8_t {
  none,
  add,
  subtract,
  multiply,
  divide,
  floor_divide,
  modulo,
  power,
  matrix_multiply,
  bit_and,
  bit_or,
  bit_xor,
  shift_left,
  shift_right,
  invert,
  not_,
  and_,
  or_,
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  in,
  not_in,
  is,
  is_not,
  star,
  double_star,
};

struct Node {
  NodeKind kind = NodeKind::other;
  Operator op = Operator::none;
  std::uint16_t height = 1;  // of the tree below it, itself included
  base::Span span{};
  std::string_view text{};
  std::span<const Node* const> children{};

  [[nodiscard]] const Node& child(std::size_t index) const { return *children[index]; }
  // Null where the child is absent.
  [[nodiscard]] const Node* optional_child(std::size_t index) const {
    return index < children.size() ? children[index] : nullptr;
  }
};

// Owns the nodes of one parsed piece. The parsed text must outlive it.
class Syntax {
 public:
  [[nodiscard]] const Node& root() const { return *root_; }  // a block

 private:
  friend class Builder;
  friend class PlainReader;
  std::unique_ptr<std::pmr::monotonic_buffer_resource> memory_ =
      std::make_unique<std::pmr::monotonic_buffer_resource>(16 * 1024);
  const Node* root_ = nullptr;
};

// Parses `piece` of `text`: whole statements that begin at the left margin. Spans are offsets
// into `text`. Safe to call from several threads.
//
// Error (unparsable, with the position in `text`): invalid syntax as far as tree-sitter-python
// knows it, expressions nested deeper than `deepest_expression`, or a text so ambiguous that the
// parser exceeds its budget of steps.
[[nodiscard]] base::Result<Syntax> parse(std::string_view text, base::Span piece);

constexpr int deepest_expression = 1000;

// The value of a string literal's body (what stands between its quotes), escapes decoded as
// Python decodes them in a str. An invalid escape is kept as it is, as Python does.
[[nodiscard]] std::string decode_escapes(std::string_view body);

}  // namespace gauger::python
