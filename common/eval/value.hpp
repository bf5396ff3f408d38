// What a reader of Python can know of a value without running anything.
//
// Literals and containers are known. Everything that comes from outside the files at hand stays a
// term: a symbol ("sqlalchemy.Column"), an attribute of a term, a call of a term. What the file
// does not tell is `unknown`, or, inside a string, a hole in it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "python/syntax.hpp"

namespace gauger::eval {

struct Module;
struct Scope;

// A place in a file that was read; of the text of a file, all of that file. The module outlives
// every value.
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
  path,          // text: of a pathlib.Path
  file,          // text: what is in a text file that is open for reading
  partial_text,  // items: text and non-text values in order, each a part of the string
  bytes,         // text: as written
  list,          // items
  tuple,         // items
  set,           // items
  dict,          // entries
  function,      // text: name; node: a function or lambda; scope: where it was defined;
                 // items: the defaults of its parameters, null where there is none
  class_,        // text: name; node; scope; members are found with Interpreter::members
  instance,      // object: its class; scope: its attributes
  enum_member,   // text: name; object: its value; items: [its class]
  partial,    // a call with some arguments given: object: the callee; items, entries: as of a call
  symbol,     // text: dotted name of something outside the files at hand
  imported,   // text: a name that `from module import name` bound and nothing has used yet;
              // object: a symbol with the module's name as written; open: being looked up
  deferred,   // node: an expression at the top level of an imported module that nothing has used
              // yet; scope: the module's; open: being evaluated
  attribute,  // object, text: name
  call,       // object: the callee; items: positional arguments; entries: keywords (text keys)
  subscript,  // object; items: [index]
  method,     // a method of a known value; object: the value; text: name
  module,     // text: dotted name; module: where it is
  globals,    // the module's namespace as a dict; scope
  choice,     // one of items, which cannot be told; no choice is in a choice
  maybe,      // only as an element of a list, tuple or set, or as the value of a dict or keyword:
              // object, or nothing at all
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
  bool open = false;        // list, dict, set: may hold more than it shows
  std::uint32_t epoch = 0;  // of Memory
  Place place{};

  [[nodiscard]] bool is(ValueKind other) const { return kind == other; }
  // The keyword argument of a call, or the value under a text key of a dict, the last one given;
  // null when absent.
  [[nodiscard]] Value* keyword(std::string_view name) const;
};

// The names of one function call, of a class body, of an object or of a module.
struct Scope {
  Scope* parent = nullptr;  // the scope that encloses the definition; null: a module's own
  const Module* module = nullptr;
  // In the order in which they were first bound; null: unbound.
  std::vector<std::pair<std::string_view, Value*>> names{};
  // Modules outside the files at hand from which `import *` took names.
  std::vector<std::string_view> wildcards{};
  // Names that `global` and `nonlocal` say belong to another scope.
  std::vector<std::pair<std::string_view, Scope*>> elsewhere{};
  bool of_class = false;  // functions inside do not see its names

  [[nodiscard]] Value* find(std::string_view name) const;
  // Where the name stands in `names`; npos where it does not.
  [[nodiscard]] std::size_t slot(std::string_view name) const;
  static constexpr std::size_t npos = SIZE_MAX;

 private:
  friend class Memory;
  std::unordered_map<std::string_view, std::size_t> index_{};  // once there are many names
};

// As Python's bool() has it; nothing where it cannot be known.
[[nodiscard]] std::optional<bool> truth(const Value& value);

// As Python's == has it; nothing where it cannot be known.
[[nodiscard]] std::optional<bool> equal(const Value& left, const Value& right);

// Whether all elements of a list, tuple, set or dict are shown and certain.
[[nodiscard]] bool is_exact(const Value& value);

// Whether nothing in the value is unknown or a term, however deep.
[[nodiscard]] bool is_known(const Value& value);

// The dotted name of a symbol or of attributes of one: "alembic.op.get_bind"; empty for others.
[[nodiscard]] std::string dotted_name(const Value& value);

// For messages: "an integer", "a call of sqlalchemy.func.now".
[[nodiscard]] std::string describe(const Value& value);

}  // namespace gauger::eval
