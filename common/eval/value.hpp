// What a reader of Python can know of a value without running anything.
//
// Literals and containers are known. Everything that comes from outside the files at hand stays a
// term: a symbol ("sqlalchemy.Column"), an attribute of a term, a call of a term. What the file
// does not tell is `unknown`, or, inside a string, a hole in it.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "python/syntax.hpp"

namespace gauger::eval {

struct Module;
struct Scope;

// A place in a file that was read. The module outlives every value.
struct Place {
  const Module* module = nullptr;
  base::Span span{};
};

enum class ValueKind : std::uint8_t {
  unknown,  // text: why
  none,
  ellipsis,
  boolean,       // integer: 0 or 1
  integer,       // integer
  real,          // real
  text,          // text
  partial_text,  // items: text and non-text values in order, each a part of the string
  bytes,         // text: as written
  list,          // items
  tuple,         // items
  set,           // items
  dict,          // entries
  function,      // text: name; node: a function or lambda; scope: where it was defined
  class_,        // text: name; node; scope; members are found with Interpreter::members
  enum_member,   // text: name; object: its value
  symbol,        // text: dotted name of something outside the files at hand
  imported,      // text: a name that `from module import name` bound and nothing has used yet;
                 // object: a symbol with the module's name as written; open: being looked up
  deferred,      // node: an expression at the top level of an imported module that nothing has used
                 // yet; scope: the module's; open: being evaluated
  attribute,     // object, text: name
  call,          // object: the callee; items: positional arguments; entries: keywords (text keys)
  subscript,     // object; items: [index]
  method,        // a method of a known value; object: the value; text: name
  module,        // text: dotted name; module: where it is
  globals,       // the module's namespace as a dict; scope
  choice,        // one of items, which cannot be told
};

struct Value {
  ValueKind kind = ValueKind::unknown;
  std::int64_t integer = 0;
  double real = 0;
  std::string_view text{};
  Value* object = nullptr;
  std::vector<Value*> items{};
  std::vector<std::pair<Value*, Value*>> entries{};
  const python::Node* node = nullptr;
  Scope* scope = nullptr;
  const Module* module = nullptr;
  bool open = false;  // list, dict, set: may hold more than it shows
  Place place{};

  [[nodiscard]] bool is(ValueKind other) const { return kind == other; }
  // The keyword argument of a call, or the value under a text key of a dict; null when absent.
  [[nodiscard]] Value* keyword(std::string_view name) const;
};

// The names of one function call, of a class body or of a module.
struct Scope {
  Scope* parent = nullptr;  // the scope that encloses the definition; null: a module's own
  const Module* module = nullptr;
  std::vector<std::pair<std::string_view, Value*>> names{};
  // Modules outside the files at hand from which `import *` took names.
  std::vector<std::string_view> wildcards{};

  [[nodiscard]] Value* find(std::string_view name) const;
  void bind(std::string_view name, Value* value);
};

// Owns the values, scopes and strings of one evaluation.
class Memory {
 public:
  Value* make(ValueKind kind, Place place);
  Scope* make_scope(Scope* parent, const Module* module);
  std::string_view keep(std::string text);

 private:
  std::deque<Value> values_;
  std::deque<Scope> scopes_;
  std::deque<std::string> texts_;
};

// As Python's bool() has it; nothing where it cannot be known.
[[nodiscard]] std::optional<bool> truth(const Value& value);

// As Python's == has it; nothing where it cannot be known.
[[nodiscard]] std::optional<bool> equal(const Value& left, const Value& right);

// Whether nothing in the value is unknown or a term, however deep.
[[nodiscard]] bool is_known(const Value& value);

// The dotted name of a symbol or of attributes of one: "alembic.op.get_bind"; empty for others.
[[nodiscard]] std::string dotted_name(const Value& value);

// For messages: "an integer", "a call of sqlalchemy.func.now".
[[nodiscard]] std::string describe(const Value& value);

}  // namespace gauger::eval
