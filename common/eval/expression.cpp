#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <utility>

#include "eval/interpreter.hpp"
#include "eval/restore.hpp"

namespace gauger::eval {

using python::Node;
using python::NodeKind;

namespace {

constexpr std::array<std::string_view, 53> builtins = {
    "len",       "str",        "int",          "float",
    "bool",      "list",       "tuple",        "set",
    "dict",      "frozenset",  "range",        "zip",
    "enumerate", "sorted",     "reversed",     "getattr",
    "hasattr",   "isinstance", "print",        "repr",
    "globals",   "locals",     "map",          "filter",
    "any",       "all",        "min",          "max",
    "sum",       "open",       "next",         "iter",
    "type",      "super",      "vars",         "setattr",
    "exec",      "eval",       "callable",     "abs",
    "Exception", "ValueError", "RuntimeError", "NotImplementedError",
    "KeyError",  "format",     "staticmethod", "classmethod",
    "property",  "object",     "ord",          "chr",
    "round",
};

bool is_builtin(std::string_view name) {
  return name == "__import__" ||
         std::find(builtins.begin(), builtins.end(), name) != builtins.end();
}

std::int64_t index_of(std::int64_t index, std::size_t size) {
  return index < 0 ? index + static_cast<std::int64_t>(size) : index;
}

// The bounds of a slice over `size` elements; nothing for what is not known.
struct Bounds {
  std::size_t begin;
  std::size_t end;
};

std::optional<Bounds> bounds_of(const Value* lower, const Value* upper, std::size_t size) {
  const auto bound = [size](const Value* value,
                            std::size_t otherwise) -> std::optional<std::size_t> {
    if (value == nullptr || value->is(ValueKind::none)) {
      return otherwise;
    }
    if (!value->is(ValueKind::integer)) {
      return std::nullopt;
    }
    return static_cast<std::size_t>(std::clamp<std::int64_t>(index_of(value->integer, size), 0,
                                                             static_cast<std::int64_t>(size)));
  };
  const auto begin = bound(lower, 0);
  const auto end = bound(upper, size);
  if (!begin || !end) {
    return std::nullopt;
  }
  return Bounds{*begin, std::max(*begin, *end)};
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char byte) { return static_cast<unsigned char>(byte) < 0x80; });
}

}  // namespace

Interpreter::Interpreter(Memory& memory, Library* library, Host& host, Limits limits)
    : memory_(memory), library_(library), host_(host), limits_(limits) {}

Value* Interpreter::text(std::string value, Place place) {
  Value* made = memory_.make(ValueKind::text, place);
  made->text = memory_.keep(std::move(value));
  return made;
}

Value* Interpreter::unknown(std::string_view why, Place place) {
  Value* made = memory_.make(ValueKind::unknown, place);
  made->text = why;
  return made;
}

Value* Interpreter::symbol(std::string name, Place place) {
  Value* made = memory_.make(ValueKind::symbol, place);
  made->text = memory_.keep(std::move(name));
  return made;
}

Value* Interpreter::integer(std::int64_t value, Place place) {
  Value* made = memory_.make(ValueKind::integer, place);
  made->integer = value;
  return made;
}

Value* Interpreter::evaluate(const Node& node, bool statement) {
  const Restore depth(depth_, depth_ + 1);
  if (depth_ > limits_.expression_depth) {
    give_up(place_of(node), "an expression is nested too deeply");
    return unknown("the expression is nested too deeply", place_of(node));
  }
  if (!step(place_of(node))) {
    return unknown("reading stopped", place_of(node));
  }
  return evaluate_kind(node, statement);
}

Value* Interpreter::evaluate_kind(const Node& node, bool statement) {
  const Place place = place_of(node);
  switch (node.kind) {
    case NodeKind::name:
      return name(node);
    case NodeKind::number:
      return number(node);
    case NodeKind::string:
    case NodeKind::bytes: {
      Value* value =
          memory_.make(node.kind == NodeKind::string ? ValueKind::text : ValueKind::bytes, place);
      value->text = node.text;
      return value;
    }
    case NodeKind::formatted:
      return formatted(node);
    case NodeKind::true_:
      return boolean_value(true, place);
    case NodeKind::false_:
      return boolean_value(false, place);
    case NodeKind::none:
      return memory_.make(ValueKind::none, place);
    case NodeKind::ellipsis:
      return memory_.make(ValueKind::ellipsis, place);
    // `f(),` is a tuple by a stray comma; the call is the statement all the same.
    case NodeKind::tuple:
      return sequence(node, ValueKind::tuple, statement);
    case NodeKind::list:
      return sequence(node, ValueKind::list);
    case NodeKind::set:
      return sequence(node, ValueKind::set);
    case NodeKind::dict:
      return dict(node);
    case NodeKind::call:
      return call(node, statement);
    case NodeKind::attribute:
      return attribute(evaluate(node.child(0)), node.text, place);
    case NodeKind::subscript:
      return subscript(node);
    case NodeKind::unary:
      return unary(node);
    case NodeKind::binary: {
      Value* left = evaluate(node.child(0));
      Value* right = evaluate(node.child(1));
      return binary(node.op, left, right, place);
    }
    case NodeKind::boolean:
      return boolean(node);
    case NodeKind::compare:
      return compare(node);
    case NodeKind::conditional:
      return conditional(node);
    case NodeKind::lambda: {
      Value* value = memory_.make(ValueKind::function, place);
      value->text = "<lambda>";
      value->node = &node;
      value->scope = scope_;
      value->module = module_;
      for (const Node* parameter : node.child(0).children) {
        const Node* given = parameter->optional_child(0);
        value->items.push_back(given != nullptr ? evaluate(*given) : nullptr);
      }
      return value;
    }
    case NodeKind::list_comprehension:
    case NodeKind::set_comprehension:
    case NodeKind::dict_comprehension:
    case NodeKind::generator:
      return comprehension(node);
    case NodeKind::await:
      return evaluate(node.child(0), statement);
    case NodeKind::yield:
      return yield(node);
    case NodeKind::walrus: {
      Value* value = evaluate(node.child(0));
      bind(node.text, value);
      return value;
    }
    default:
      return unknown("a construct that is not read", place);
  }
}

Value* Interpreter::yield(const Node& node) {
  Value* value = node.children.empty() ? memory_.make(ValueKind::none, place_of(node))
                                       : evaluate(node.child(0));
  if (!yields_.empty()) {
    const auto run = yields_.back();
    run(value);
  }
  return unknown("what is sent to a generator", place_of(node));
}

Value* Interpreter::name(const Node& node) {
  const std::string_view name = node.text;
  const auto settled = [&](Scope& scope, Value* value) {
    Value* known = settle(scope, name, value);
    return known != nullptr ? known : unknown("modules that import each other", place_of(node));
  };
  for (const auto& [known, scope] : scope_->elsewhere) {
    if (known == name) {
      if (Value* value = scope->find(name)) {
        return settled(*scope, value);
      }
    }
  }
  Scope* module_scope = nullptr;
  for (Scope* scope = scope_; scope != nullptr; scope = scope->parent) {
    module_scope = scope;
    if (scope->of_class && scope != scope_) {
      continue;
    }
    if (Value* value = scope->find(name)) {
      return settled(*scope, value);
    }
  }
  if (is_builtin(name)) {
    return symbol("builtins." + std::string(name), place_of(node));
  }
  if (name == "__file__") {
    return file_name(place_of(node));
  }
  if (name == "__name__") {
    return unknown("it depends on how the file is loaded", place_of(node));
  }
  if (module_scope != nullptr && !module_scope->wildcards.empty()) {
    return symbol(std::string(module_scope->wildcards.back()) + "." + std::string(name),
                  place_of(node));
  }
  return unknown("a name that nothing binds", place_of(node));
}

Value* Interpreter::attribute(Value* object, std::string_view name, Place place) {
  switch (object->kind) {
    case ValueKind::module:
      return module_attribute(object, name, place);
    case ValueKind::class_:
      return class_attribute(object, name, place);
    case ValueKind::instance:
      return instance_attribute(object, name, place);
    case ValueKind::enum_member:
      if (name == "value" || name == "_value_") {
        return object->object;
      }
      if (name == "name" || name == "_name_") {
        return text(std::string(object->text), place);
      }
      break;
    case ValueKind::path:
      return path_attribute(object, name, place);
    case ValueKind::text:
    case ValueKind::partial_text:
    case ValueKind::file:
    case ValueKind::bytes:
    case ValueKind::list:
    case ValueKind::tuple:
    case ValueKind::set:
    case ValueKind::dict:
    case ValueKind::globals: {
      Value* value = memory_.make(ValueKind::method, place);
      value->object = object;
      value->text = name;
      return value;
    }
    case ValueKind::choice: {
      std::vector<Value*> results;
      for (Value* item : object->items) {
        results.push_back(attribute(item, name, place));
      }
      return memory_.one_of(results, place);
    }
    case ValueKind::symbol: {
      if (Value* known = host_.attribute(*this, object, name)) {
        return known;
      }
      std::string dotted = std::string(object->text) + "." + std::string(name);
      if (object->place.module != nullptr) {
        if (const Module* module = find_module(object->place.module->path, dotted)) {
          return module_value(*module, std::move(dotted), place);
        }
      }
      // Its module is the one whose imports decide what the name is, and the span is of that
      // module.
      return symbol(std::move(dotted),
                    object->place.module == place.module ? place : object->place);
    }
    default:
      if (Value* known = host_.attribute(*this, object, name)) {
        return known;
      }
      break;
  }
  Value* value = memory_.make(ValueKind::attribute, place);
  value->object = object;
  value->text = name;
  return value;
}

Value* Interpreter::number(const Node& node) {
  std::string digits;
  std::copy_if(node.text.begin(), node.text.end(), std::back_inserter(digits),
               [](char digit) { return digit != '_'; });
  int radix = 10;
  std::size_t skip = 0;
  if (digits.size() > 2 && digits[0] == '0') {
    const char kind = static_cast<char>(digits[1] | 0x20);
    radix = kind == 'x' ? 16 : kind == 'o' ? 8 : kind == 'b' ? 2 : 10;
    skip = radix == 10 ? 0 : 2;
  }
  std::int64_t whole = 0;
  const char* end = digits.data() + digits.size();
  const auto parsed = std::from_chars(digits.data() + skip, end, whole, radix);
  if (parsed.ec == std::errc{} && parsed.ptr == end) {
    return integer(whole, place_of(node));
  }
  double real = 0;
  const auto floating = std::from_chars(digits.data(), end, real);
  if (floating.ec == std::errc{} && floating.ptr == end) {
    Value* value = memory_.make(ValueKind::real, place_of(node));
    value->real = real;
    return value;
  }
  return unknown("a number that is not read", place_of(node));
}

Value* Interpreter::formatted(const Node& node) {
  std::vector<Value*> parts;
  for (const Node* part : node.children) {
    const Place place = place_of(*part);
    if (part->kind != NodeKind::interpolation) {
      parts.push_back(evaluate(*part));
      continue;
    }
    if (part->children.empty()) {
      parts.push_back(unknown("a field that is not read", place));
      continue;
    }
    Value* value = evaluate(part->child(0));
    if (part->text.empty() || part->text == "!s") {
      parts.push_back(to_text(value, place));
    } else if (part->text == "!r" && value->is(ValueKind::text) &&
               value->text.find_first_of("'\\") == std::string_view::npos) {
      parts.push_back(text("'" + std::string(value->text) + "'", place));
    } else {
      parts.push_back(unknown("a formatted value", place));
    }
  }
  return join_parts(parts, place_of(node));
}

Value* Interpreter::sequence(const Node& node, ValueKind kind, bool statement) {
  Value* value = memory_.make(kind, place_of(node));
  for (const Node* part : node.children) {
    if (part->kind != NodeKind::starred) {
      value->items.push_back(evaluate(*part, statement));
      continue;
    }
    Value* spread = evaluate(part->child(0));
    if (const std::vector<Value*>* items = elements(spread)) {
      value->items.insert(value->items.end(), items->begin(), items->end());
      value->open = value->open || spread->open;
    } else {
      value->open = true;
    }
  }
  return value;
}

Value* Interpreter::dict(const Node& node) {
  Value* value = memory_.make(ValueKind::dict, place_of(node));
  for (const Node* part : node.children) {
    if (part->kind == NodeKind::pair) {
      Value* key = evaluate(part->child(0));
      merge_entries(*value, {{key, evaluate(part->child(1))}});
      continue;
    }
    Value* spread = evaluate(part->child(0));
    if (spread->is(ValueKind::dict)) {
      merge_entries(*value, spread->entries);
    }
    value->open = value->open || spread->open || !spread->is(ValueKind::dict);
  }
  return value;
}

Value* Interpreter::conditional(const Node& node) {
  const std::optional<bool> known = truth(*evaluate(node.child(1)));
  if (known) {
    return evaluate(node.child(*known ? 0 : 2));
  }
  std::vector<Value*> results;
  const auto way = [&](std::size_t child) -> Way {
    return [this, &node, &results, child] {
      results.push_back(evaluate(node.child(child)));
      return std::exchange(unwinding_, false) ? Flow::ends : Flow::on;
    };
  };
  const Way ways[] = {way(0), way(2)};
  unwinding_ = run_ways(place_of(node.child(1)), ways) == Flow::ends;
  return memory_.one_of(results, place_of(node));
}

Value* Interpreter::slice_of(Value* object, const Node& slice, Place place) {
  const bool is_sequence = object->is(ValueKind::list) || object->is(ValueKind::tuple);
  const Value* lower = slice.optional_child(0) != nullptr ? evaluate(slice.child(0)) : nullptr;
  const Value* upper = slice.optional_child(1) != nullptr ? evaluate(slice.child(1)) : nullptr;
  // An offset counts characters, which are bytes in ASCII only.
  const bool is_text = object->is(ValueKind::text) && is_ascii(object->text);
  if (slice.optional_child(2) != nullptr || (!is_sequence && !is_text) ||
      (is_sequence && !is_exact(*object))) {
    return unknown("a slice that is not known", place);
  }
  const auto bounds =
      bounds_of(lower, upper, is_sequence ? object->items.size() : object->text.size());
  if (!bounds) {
    return unknown("a slice that is not known", place);
  }
  if (is_text) {
    return text(std::string(object->text.substr(bounds->begin, bounds->end - bounds->begin)),
                place);
  }
  Value* value = memory_.make(object->kind, place);
  value->items.assign(object->items.begin() + static_cast<std::ptrdiff_t>(bounds->begin),
                      object->items.begin() + static_cast<std::ptrdiff_t>(bounds->end));
  return value;
}

Value* Interpreter::subscript(const Node& node) {
  Value* object = evaluate(node.child(0));
  const Place place = place_of(node);
  if (node.children.size() != 2) {
    return unknown("a subscript that is not read", place);
  }
  const Node& index = node.child(1);
  if (index.kind == NodeKind::slice) {
    return slice_of(object, index, place);
  }
  return item_of(object, evaluate(index), place);
}

Value* Interpreter::item_of(Value* object, Value* key, Place place) {
  if (object->is(ValueKind::choice)) {
    std::vector<Value*> results;
    for (Value* item : object->items) {
      results.push_back(item_of(item, key, place));
    }
    return memory_.one_of(results, place);
  }
  if (object->is(ValueKind::globals)) {
    return namespace_item(object, key, place);
  }
  const bool is_sequence = object->is(ValueKind::list) || object->is(ValueKind::tuple);
  if (is_sequence && key->is(ValueKind::integer)) {
    const std::int64_t at = index_of(key->integer, object->items.size());
    if (at >= 0 && static_cast<std::size_t>(at) < object->items.size()) {
      const auto item = object->items.begin() + at;
      const bool from_front = key->integer >= 0;
      const bool certain =
          from_front ? std::none_of(object->items.begin(), item + 1,
                                    [](const Value* each) { return each->is(ValueKind::maybe); })
                     : is_exact(*object);
      if (certain) {
        return *item;
      }
    }
    return unknown("an element that is not known", place);
  }
  if (object->is(ValueKind::dict)) {
    for (auto entry = object->entries.rbegin(); entry != object->entries.rend(); ++entry) {
      if (equal(*entry->first, *key) == std::optional(true)) {
        Value* value = entry->second;  // where the entry may be absent, an exception is raised
        return value->is(ValueKind::maybe) ? value->object : value;
      }
    }
    if (!is_known(*key) && !object->open && !object->entries.empty()) {
      std::vector<Value*> any;
      for (const auto& entry : object->entries) {
        any.push_back(entry.second->is(ValueKind::maybe) ? entry.second->object : entry.second);
      }
      return memory_.one_of(any, place);
    }
  }
  if (object->is(ValueKind::class_) && key->is(ValueKind::text)) {
    return class_attribute(object, key->text, place);  // Status["active"]
  }
  Value* value = memory_.make(ValueKind::subscript, place);
  value->object = object;
  value->items = {key};
  return value;
}

Value* Interpreter::comprehension(const Node& node) {
  Value* out = memory_.make(node.kind == NodeKind::dict_comprehension  ? ValueKind::dict
                            : node.kind == NodeKind::set_comprehension ? ValueKind::set
                                                                       : ValueKind::list,
                            place_of(node));
  const Restore condition(condition_);
  const Restore scope(scope_, memory_.make_scope(scope_, module_));
  comprehend(node, 1, out, true);
  return out;
}

// Elements that a test which cannot be told may leave out (not `certain`) are `maybe`.
void Interpreter::comprehend(const Node& node, std::size_t clause, Value* out, bool certain) {
  if (clause >= node.children.size()) {
    if (out->is(ValueKind::dict)) {
      Value* key = evaluate(node.child(0).child(0));
      Value* value = evaluate(node.child(0).child(1));
      merge_entries(*out, {{key, certain ? value : memory_.maybe(value)}});
    } else {
      Value* value = evaluate(node.child(0), true);
      out->items.push_back(certain ? value : memory_.maybe(value));
    }
    return;
  }
  const Node& part = node.child(clause);
  const Restore condition(condition_);
  const Condition* outside = condition_;
  if (part.kind == NodeKind::if_clause) {
    const std::optional<bool> known = truth(*evaluate(part.child(0)));
    if (!known) {
      condition_ = add_condition(place_of(part));
    }
    if (known.value_or(true)) {
      comprehend(node, clause + 1, out, certain && known);
    }
    return;
  }
  Value* iterable = evaluate(part.child(1));
  const std::vector<Value*>* known = elements(iterable);
  const std::vector<Value*> items = known != nullptr ? *known : std::vector<Value*>();
  for (Value* item : items) {
    if (!step(place_of(part))) {
      return;
    }
    const bool is_there = !item->is(ValueKind::maybe);
    condition_ = outside;
    if (!is_there) {
      condition_ = add_condition(place_of(part));
    }
    assign(part.child(0), is_there ? item : item->object);
    comprehend(node, clause + 1, out, certain && is_there);
  }
  if (known == nullptr || iterable->open) {
    condition_ = outside;
    condition_ = add_condition(place_of(part));
    assign(part.child(0), unknown("an element of what is not known", place_of(part)));
    // What it does counts, what it yields does not: there may be any number of it.
    const std::size_t items_before = out->items.size();
    const std::size_t entries_before = out->entries.size();
    comprehend(node, clause + 1, out, false);
    out->items.resize(std::min(items_before, out->items.size()));
    out->entries.resize(std::min(entries_before, out->entries.size()));
    out->open = true;
  }
}

}  // namespace gauger::eval
