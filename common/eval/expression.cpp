#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>
#include <utility>

#include "eval/interpreter.hpp"

namespace gauger::eval {

using python::Node;
using python::NodeKind;
using python::Operator;

namespace {

class Depth {
 public:
  explicit Depth(std::size_t& depth) : depth_(depth) { ++depth_; }
  Depth(const Depth&) = delete;
  Depth& operator=(const Depth&) = delete;
  ~Depth() { --depth_; }

 private:
  std::size_t& depth_;
};

bool is_builtin(std::string_view name) {
  static constexpr std::string_view names[] = {
      // NOLINT(modernize-avoid-c-arrays)
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
      "round",     "__import__",
  };
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

std::int64_t index_of(std::int64_t index, std::size_t size) {
  return index < 0 ? index + static_cast<std::int64_t>(size) : index;
}

// The bounds of a slice over `size` elements; nothing for steps and for what is not known.
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

}  // namespace

Value* Interpreter::evaluate(const Node& node, bool statement) {
  const Depth depth(depth_);
  if (depth_ > limits_.expression_depth) {
    if (!gave_up_) {
      gave_up_ = true;
      host_.gave_up(*this, place_of(node), "an expression is nested too deeply");
    }
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
    case NodeKind::string: {
      Value* value = memory_.make(ValueKind::text, place);
      value->text = node.text;
      return value;
    }
    case NodeKind::bytes: {
      Value* value = memory_.make(ValueKind::bytes, place);
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
      return value;
    }
    case NodeKind::list_comprehension:
    case NodeKind::set_comprehension:
    case NodeKind::dict_comprehension:
    case NodeKind::generator:
      return comprehension(node);
    case NodeKind::await:
      return evaluate(node.child(0), statement);
    case NodeKind::yield: {
      Value* value =
          node.children.empty() ? memory_.make(ValueKind::none, place) : evaluate(node.child(0));
      if (!yields_.empty()) {
        const auto run = yields_.back();
        run(value);
      }
      return unknown("what is sent to a generator", place);
    }
    case NodeKind::walrus: {
      Value* value = evaluate(node.child(0));
      scope_->bind(node.text, value);
      return value;
    }
    default:
      return unknown("a construct that is not read", place);
  }
}

Value* Interpreter::name(const Node& node) {
  const std::string_view name = node.text;
  Scope* module_scope = nullptr;
  for (Scope* scope = scope_; scope != nullptr; scope = scope->parent) {
    if (Value* value = scope->find(name)) {
      Value* settled = settle(*scope, name, value);
      return settled != nullptr ? settled
                                : unknown("modules that import each other", place_of(node));
    }
    module_scope = scope;
  }
  if (is_builtin(name)) {
    return symbol("builtins." + std::string(name), place_of(node));
  }
  if (name == "__name__" || name == "__file__") {
    return unknown("it depends on how the file is loaded", place_of(node));
  }
  if (module_scope != nullptr && !module_scope->wildcards.empty()) {
    return symbol(std::string(module_scope->wildcards.back()) + "." + std::string(name),
                  place_of(node));
  }
  return unknown("a name that nothing binds", place_of(node));
}

Value* Interpreter::module_value(const Module& module, std::string name, Place place) {
  Value* value = memory_.make(ValueKind::module, place);
  value->text = memory_.keep(std::move(name));
  value->module = &module;
  return value;
}

Value* Interpreter::resolve_import(Value* imported) {
  const std::string_view module_name = imported->object->text;
  const std::string_view name = imported->text;
  const Place place = imported->place;
  const std::string_view importer =
      place.module != nullptr ? std::string_view(place.module->path) : std::string_view();
  if (library_ != nullptr) {
    const Module* module = find_module(importer, module_name);
    if (module != nullptr && name.empty()) {
      return module_value(*module, std::string(module_name), place);
    }
    if (module != nullptr) {
      if (Value* value = name_in(*module, name)) {
        return value;
      }
    }
    if (!name.empty()) {  // `from package import module`
      std::string inner(module_name);
      if (!inner.ends_with('.')) {
        inner += '.';
      }
      inner += name;
      if (const Module* submodule = find_module(importer, inner)) {
        return module_value(*submodule, inner, place);
      }
    }
  }
  std::string dotted(module_name);
  if (!name.empty()) {
    dotted += dotted.ends_with('.') ? "" : ".";
    dotted += name;
  }
  return symbol(std::move(dotted), place);
}

Value* Interpreter::module_attribute(Value* module, std::string_view name, Place place) {
  if (Value* value = name_in(*module->module, name)) {
    return value;
  }
  std::string inner = std::string(module->text) + "." + std::string(name);
  const std::string_view importer = module->place.module != nullptr
                                        ? std::string_view(module->place.module->path)
                                        : std::string_view();
  if (const Module* submodule = find_module(importer, inner)) {
    return module_value(*submodule, std::move(inner), place);
  }
  return symbol(std::move(inner), place);
}

const std::vector<std::pair<std::string_view, Value*>>& Interpreter::members(const Value* type) {
  const auto known = members_.find(type);
  if (known != members_.end()) {
    return known->second;
  }
  members_[type];  // a class that names itself sees no members
  Scope* outer_scope = std::exchange(scope_, memory_.make_scope(type->scope, type->module));
  const Module* outer_module = std::exchange(module_, type->module);
  run_block(type->node->child(1));
  auto names = std::move(scope_->names);
  scope_ = outer_scope;
  module_ = outer_module;
  return members_[type] = std::move(names);
}

bool Interpreter::is_enum(const Value* type) {
  Scope* outer_scope = std::exchange(scope_, type->scope);
  const Module* outer_module = std::exchange(module_, type->module);
  bool found = false;
  for (const Node* base : type->node->child(0).children) {
    if (base->kind == NodeKind::keyword) {
      continue;
    }
    const Value* value = evaluate(*base);
    const std::string dotted = dotted_name(*value);
    found = found || dotted.ends_with("Enum") ||
            (value->is(ValueKind::class_) && value->node != type->node && is_enum(value));
  }
  scope_ = outer_scope;
  module_ = outer_module;
  return found;
}

Value* Interpreter::class_attribute(Value* type, std::string_view name, Place place) {
  for (const auto& [member, value] : members(type)) {
    if (member != name) {
      continue;
    }
    if (value->is(ValueKind::function) || !is_enum(type)) {
      return value;
    }
    Value* enumerated = memory_.make(ValueKind::enum_member, place);
    enumerated->text = member;
    enumerated->object = value;
    return enumerated;
  }
  Scope* outer_scope = std::exchange(scope_, type->scope);
  const Module* outer_module = std::exchange(module_, type->module);
  Value* inherited = nullptr;
  for (const Node* base : type->node->child(0).children) {
    Value* value = base->kind == NodeKind::keyword ? nullptr : evaluate(*base);
    if (value != nullptr && value->is(ValueKind::class_) && value->node != type->node) {
      inherited = class_attribute(value, name, place);
      break;
    }
  }
  scope_ = outer_scope;
  module_ = outer_module;
  if (inherited != nullptr) {
    return inherited;
  }
  Value* value = memory_.make(ValueKind::attribute, place);
  value->object = type;
  value->text = name;
  return value;
}

Value* Interpreter::attribute(Value* object, std::string_view name, Place place) {
  switch (object->kind) {
    case ValueKind::module:
      return module_attribute(object, name, place);
    case ValueKind::class_:
      return class_attribute(object, name, place);
    case ValueKind::enum_member:
      if (name == "value") {
        return object->object;
      }
      if (name == "name") {
        return text(std::string(object->text), place);
      }
      break;
    case ValueKind::text:
    case ValueKind::partial_text:
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
      Value* value = symbol(std::move(dotted), place);
      value->place.module = object->place.module;
      return value;
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
  std::int64_t integer = 0;
  const char* end = digits.data() + digits.size();
  const auto parsed = std::from_chars(digits.data() + skip, end, integer, radix);
  if (parsed.ec == std::errc{} && parsed.ptr == end) {
    Value* value = memory_.make(ValueKind::integer, place_of(node));
    value->integer = integer;
    return value;
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

Value* Interpreter::boolean_value(std::optional<bool> known, Place place) {
  if (!known) {
    return unknown("it cannot be told", place);
  }
  Value* value = memory_.make(ValueKind::boolean, place);
  value->integer = *known ? 1 : 0;
  return value;
}

Value* Interpreter::formatted(const Node& node) {
  std::vector<Value*> parts;
  for (const Node* part : node.children) {
    if (part->kind != NodeKind::interpolation) {
      parts.push_back(evaluate(*part));
      continue;
    }
    if (part->children.empty()) {
      parts.push_back(unknown("a field that is not read", place_of(*part)));
      continue;
    }
    Value* value = evaluate(part->child(0));
    if (part->text.empty() || part->text == "!s") {
      parts.push_back(to_text(value, place_of(*part)));
    } else if (part->text == "!r" && value->is(ValueKind::text) &&
               value->text.find_first_of("'\\") == std::string_view::npos) {
      parts.push_back(text("'" + std::string(value->text) + "'", place_of(*part)));
    } else {
      parts.push_back(unknown("a formatted value", place_of(*part)));
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
      value->entries.emplace_back(key, evaluate(part->child(1)));
      continue;
    }
    Value* spread = evaluate(part->child(0));
    if (spread->is(ValueKind::dict)) {
      value->entries.insert(value->entries.end(), spread->entries.begin(), spread->entries.end());
    }
    value->open = value->open || spread->open || !spread->is(ValueKind::dict);
  }
  return value;
}

Value* Interpreter::unary(const Node& node) {
  Value* operand = evaluate(node.child(0));
  const Place place = place_of(node);
  if (node.op == Operator::not_) {
    const std::optional<bool> known = truth(*operand);
    return boolean_value(known ? std::optional(!*known) : std::nullopt, place);
  }
  if (node.op == Operator::subtract || node.op == Operator::add) {
    const std::int64_t sign = node.op == Operator::subtract ? -1 : 1;
    if (operand->is(ValueKind::integer) && operand->integer != INT64_MIN) {
      Value* value = memory_.make(ValueKind::integer, place);
      value->integer = sign * operand->integer;
      return value;
    }
    if (operand->is(ValueKind::real)) {
      Value* value = memory_.make(ValueKind::real, place);
      value->real = static_cast<double>(sign) * operand->real;
      return value;
    }
  }
  return unknown("an expression that is not folded", place);
}

Value* Interpreter::binary(Operator op, Value* left, Value* right, Place place) {
  const bool text_left = left->is(ValueKind::text) || left->is(ValueKind::partial_text);
  const bool text_right = right->is(ValueKind::text) || right->is(ValueKind::partial_text);
  if (op == Operator::add && (text_left || text_right)) {
    return join_parts({left, right}, place);
  }
  if (op == Operator::modulo && text_left) {
    return percent(left, right, place);
  }
  if (op == Operator::add && left->kind == right->kind &&
      (left->is(ValueKind::list) || left->is(ValueKind::tuple))) {
    Value* value = memory_.make(left->kind, place);
    value->items = left->items;
    value->items.insert(value->items.end(), right->items.begin(), right->items.end());
    value->open = left->open || right->open;
    return value;
  }
  if (left->is(ValueKind::integer) && right->is(ValueKind::integer)) {
    std::int64_t result = 0;
    bool overflow = false;
    const std::int64_t a = left->integer;
    const std::int64_t b = right->integer;
    switch (op) {
      case Operator::add:
        overflow = __builtin_add_overflow(a, b, &result);
        break;
      case Operator::subtract:
        overflow = __builtin_sub_overflow(a, b, &result);
        break;
      case Operator::multiply:
        overflow = __builtin_mul_overflow(a, b, &result);
        break;
      case Operator::floor_divide:
      case Operator::modulo:
        overflow = b <= 0 || a < 0;
        if (!overflow) {
          result = op == Operator::modulo ? a % b : a / b;
        }
        break;
      default:
        overflow = true;
        break;
    }
    if (!overflow) {
      Value* value = memory_.make(ValueKind::integer, place);
      value->integer = result;
      return value;
    }
  }
  // A term on either side makes a term: `table.c.id == 1`, `a | b`.
  return unknown("an expression that is not folded", place);
}

Value* Interpreter::boolean(const Node& node) {
  Value* left = evaluate(node.child(0));
  const std::optional<bool> known = truth(*left);
  const bool stops_on = node.op == Operator::or_;
  if (known) {
    return *known == stops_on ? left : evaluate(node.child(1));
  }
  const Condition* before = condition_;
  condition_ = add_condition(place_of(node.child(0)));
  Value* right = evaluate(node.child(1));
  condition_ = before;
  if (truth(*right) == std::optional(stops_on)) {
    return boolean_value(stops_on, place_of(node));
  }
  return unknown("it cannot be told", place_of(node));
}

Value* Interpreter::compare(const Node& node) {
  const Place place = place_of(node);
  std::optional<bool> total = true;
  Value* left = evaluate(node.child(0));
  for (std::size_t i = 1; i + 1 < node.children.size(); i += 2) {
    const Operator op = node.child(i).op;
    Value* right = evaluate(node.child(i + 1));
    std::optional<bool> result;
    if (op == Operator::equal || op == Operator::not_equal || op == Operator::is ||
        op == Operator::is_not) {
      result = equal(*left, *right);
      if (result && (op == Operator::not_equal || op == Operator::is_not)) {
        result = !*result;
      }
    } else if (op == Operator::in || op == Operator::not_in) {
      if (left->is(ValueKind::text) && right->is(ValueKind::text)) {
        result = right->text.find(left->text) != std::string_view::npos;
      } else if (const std::vector<Value*>* items = elements(right)) {
        result = right->open ? std::nullopt : std::optional(false);
        for (const Value* item : *items) {
          const std::optional<bool> same = equal(*left, *item);
          if (same.value_or(false)) {
            result = true;
            break;
          }
          if (!same) {
            result = std::nullopt;
          }
        }
      }
      if (result && op == Operator::not_in) {
        result = !*result;
      }
    } else if (left->is(ValueKind::integer) && right->is(ValueKind::integer)) {
      const std::int64_t a = left->integer;
      const std::int64_t b = right->integer;
      result = op == Operator::less         ? a < b
               : op == Operator::less_equal ? a <= b
               : op == Operator::greater    ? a > b
                                            : a >= b;
    }
    if (result == std::optional(false)) {
      return boolean_value(false, place);
    }
    if (!result) {
      total = std::nullopt;
    }
    left = right;
  }
  return boolean_value(total, place);
}

Value* Interpreter::conditional(const Node& node) {
  const std::optional<bool> known = truth(*evaluate(node.child(1)));
  if (known) {
    return evaluate(node.child(*known ? 0 : 2));
  }
  const Condition* before = condition_;
  condition_ = add_condition(place_of(node.child(1)));
  Value* then = evaluate(node.child(0));
  Value* otherwise = evaluate(node.child(2));
  condition_ = before;
  if (equal(*then, *otherwise).value_or(false)) {
    return then;
  }
  Value* value = memory_.make(ValueKind::choice, place_of(node));
  value->items = {then, otherwise};
  return value;
}

Value* Interpreter::namespace_item(Value* globals, Value* key, Place place) {
  Scope* scope = globals->scope;
  if (key->is(ValueKind::text)) {
    Value* value = scope->find(key->text);
    value = value != nullptr ? settle(*scope, key->text, value) : nullptr;
    return value != nullptr ? value : unknown("a name that nothing binds", place);
  }
  if (!key->is(ValueKind::partial_text)) {
    return unknown("a name that is not known", place);
  }
  // "upgrade_%s" % engine: every function whose name begins and ends so.
  const Value* first = key->items.front();
  const Value* last = key->items.back();
  const std::string_view prefix = first->is(ValueKind::text) ? first->text : std::string_view();
  const std::string_view suffix = last->is(ValueKind::text) ? last->text : std::string_view();
  Value* any = memory_.make(ValueKind::choice, place);
  for (const auto& [name, value] : scope->names) {
    if (value->is(ValueKind::function) && name.size() > prefix.size() + suffix.size() &&
        name.starts_with(prefix) && name.ends_with(suffix)) {
      any->items.push_back(value);
    }
  }
  return any;
}

Value* Interpreter::subscript(const Node& node) {
  Value* object = evaluate(node.child(0));
  const Place place = place_of(node);
  if (node.children.size() != 2) {
    return unknown("a subscript that is not read", place);
  }
  const Node& index = node.child(1);
  const bool is_sequence = object->is(ValueKind::list) || object->is(ValueKind::tuple);
  if (index.kind == NodeKind::slice) {
    const Value* lower = index.optional_child(0) ? evaluate(index.child(0)) : nullptr;
    const Value* upper = index.optional_child(1) ? evaluate(index.child(1)) : nullptr;
    if (index.optional_child(2) != nullptr || object->open ||
        (!is_sequence && !object->is(ValueKind::text))) {
      return unknown("a slice that is not known", place);
    }
    const std::size_t size = is_sequence ? object->items.size() : object->text.size();
    const auto bounds = bounds_of(lower, upper, size);
    if (!bounds) {
      return unknown("a slice that is not known", place);
    }
    if (!is_sequence) {
      return text(std::string(object->text.substr(bounds->begin, bounds->end - bounds->begin)),
                  place);
    }
    Value* value = memory_.make(object->kind, place);
    value->items.assign(object->items.begin() + static_cast<std::ptrdiff_t>(bounds->begin),
                        object->items.begin() + static_cast<std::ptrdiff_t>(bounds->end));
    return value;
  }
  Value* key = evaluate(index);
  if (object->is(ValueKind::globals)) {
    return namespace_item(object, key, place);
  }
  if (is_sequence && key->is(ValueKind::integer)) {
    const std::int64_t at = index_of(key->integer, object->items.size());
    if (at >= 0 && static_cast<std::size_t>(at) < object->items.size() &&
        (key->integer >= 0 || !object->open)) {
      return object->items[static_cast<std::size_t>(at)];
    }
  }
  if (object->is(ValueKind::dict)) {
    for (const auto& [known, value] : object->entries) {
      if (equal(*known, *key).value_or(false)) {
        return value;
      }
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
  Scope* outer = scope_;
  scope_ = memory_.make_scope(outer, module_);
  const Condition* before = condition_;
  comprehend(node, 1, out);
  condition_ = before;
  scope_ = outer;
  return out;
}

void Interpreter::comprehend(const Node& node, std::size_t clause, Value* out) {
  if (clause >= node.children.size()) {
    if (out->is(ValueKind::dict)) {
      Value* key = evaluate(node.child(0).child(0));
      out->entries.emplace_back(key, evaluate(node.child(0).child(1)));
    } else {
      out->items.push_back(evaluate(node.child(0), true));
    }
    return;
  }
  const Node& part = node.child(clause);
  if (part.kind == NodeKind::if_clause) {
    const std::optional<bool> known = truth(*evaluate(part.child(0)));
    if (!known) {
      out->open = true;
      return;
    }
    if (*known) {
      comprehend(node, clause + 1, out);
    }
    return;
  }
  Value* iterable = evaluate(part.child(1));
  const std::vector<Value*>* items = elements(iterable);
  if (items == nullptr || iterable->open) {
    out->open = true;
    condition_ = add_condition(place_of(part));
    assign(part.child(0), unknown("an element of what is not known", place_of(part)));
    const std::size_t before = out->items.size();
    comprehend(node, clause + 1, out);
    out->items.resize(std::min(before, out->items.size()));
  }
  if (items != nullptr) {
    for (Value* item : std::vector<Value*>(*items)) {
      if (!step(place_of(part))) {
        return;
      }
      assign(part.child(0), item);
      comprehend(node, clause + 1, out);
    }
  }
}

Value* Interpreter::call(const Node& node, bool statement) {
  Value* callee = evaluate(node.child(0));
  Value* call = memory_.make(ValueKind::call, place_of(node));
  call->object = callee;
  call->node = &node;
  for (std::size_t i = 1; i < node.children.size(); ++i) {
    const Node& argument = node.child(i);
    if (argument.kind == NodeKind::starred) {
      Value* spread = evaluate(argument.child(0));
      const std::vector<Value*>* items = elements(spread);
      if (items != nullptr) {
        call->items.insert(call->items.end(), items->begin(), items->end());
      }
      call->open = call->open || items == nullptr || spread->open;
    } else if (argument.kind == NodeKind::double_starred) {
      Value* spread = evaluate(argument.child(0));
      if (spread->is(ValueKind::dict)) {
        call->entries.insert(call->entries.end(), spread->entries.begin(), spread->entries.end());
      }
      call->open = call->open || !spread->is(ValueKind::dict) || spread->open;
    } else if (argument.kind == NodeKind::keyword) {
      Value* key = memory_.make(ValueKind::text, place_of(argument));
      key->text = argument.text;
      call->entries.emplace_back(key, evaluate(argument.child(0)));
    } else {
      call->items.push_back(evaluate(argument));
    }
  }
  return apply(callee, call, statement);
}

Value* Interpreter::apply(Value* callee, Value* call, bool statement) {
  switch (callee->kind) {
    case ValueKind::function:
      if (Value* known = host_.followed(*this, callee, call)) {
        return known;
      }
      return callee->open ? call : enter(callee, call);  // a context manager runs in `with`
    case ValueKind::method:
      if (Value* known = method(callee->object, callee->text, call)) {
        return known;
      }
      return unknown("a method that is not folded", call->place);
    case ValueKind::choice: {
      const Condition* before = condition_;
      condition_ = add_condition(call->place);
      for (Value* item : callee->items) {
        call->object = item;
        apply(item, call, statement);
      }
      condition_ = before;
      return unknown("the result of one of several functions", call->place);
    }
    case ValueKind::symbol:
      if (Value* known = builtin(callee->text, call)) {
        return known;
      }
      break;
    default:
      break;
  }
  return host_.called(*this, call, statement);
}

}  // namespace gauger::eval
