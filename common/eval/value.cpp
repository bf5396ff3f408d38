#include "eval/value.hpp"

#include <algorithm>

namespace gauger::eval {
namespace {

bool is_number(const Value& value) {
  return value.is(ValueKind::boolean) || value.is(ValueKind::integer) || value.is(ValueKind::real);
}

double number(const Value& value) {
  return value.is(ValueKind::real) ? value.real : static_cast<double>(value.integer);
}

bool is_term(const Value& value) {
  switch (value.kind) {
    case ValueKind::unknown:
    case ValueKind::partial_text:
    case ValueKind::symbol:
    case ValueKind::attribute:
    case ValueKind::call:
    case ValueKind::subscript:
    case ValueKind::method:
    case ValueKind::globals:
    case ValueKind::choice:
      return true;
    default:
      return false;
  }
}

std::optional<bool> equal_items(const Value& left, const Value& right) {
  if (left.items.size() != right.items.size()) {
    return false;
  }
  bool certain = true;
  for (std::size_t i = 0; i < left.items.size(); ++i) {
    const std::optional<bool> same = equal(*left.items[i], *right.items[i]);
    if (same && !*same) {
      return false;
    }
    certain = certain && same.has_value();
  }
  return certain ? std::optional(true) : std::nullopt;
}

}  // namespace

Value* Value::keyword(std::string_view name) const {
  for (const auto& [key, value] : entries) {
    if (key != nullptr && key->is(ValueKind::text) && key->text == name) {
      return value;
    }
  }
  return nullptr;
}

Value* Scope::find(std::string_view name) const {
  for (auto it = names.rbegin(); it != names.rend(); ++it) {
    if (it->first == name) {
      return it->second;
    }
  }
  return nullptr;
}

void Scope::bind(std::string_view name, Value* value) {
  for (auto& [bound, current] : names) {
    if (bound == name) {
      current = value;
      return;
    }
  }
  names.emplace_back(name, value);
}

Value* Memory::make(ValueKind kind, Place place) {
  Value& value = values_.emplace_back();
  value.kind = kind;
  value.place = place;
  return &value;
}

Scope* Memory::make_scope(Scope* parent, const Module* module) {
  Scope& scope = scopes_.emplace_back();
  scope.parent = parent;
  scope.module = module;
  return &scope;
}

std::string_view Memory::keep(std::string text) { return texts_.emplace_back(std::move(text)); }

std::optional<bool> truth(const Value& value) {
  switch (value.kind) {
    case ValueKind::none:
      return false;
    case ValueKind::boolean:
    case ValueKind::integer:
      return value.integer != 0;
    case ValueKind::real:
      return value.real != 0;
    case ValueKind::text:
    case ValueKind::bytes:
      return !value.text.empty();
    case ValueKind::partial_text:
      if (std::any_of(value.items.begin(), value.items.end(), [](const Value* part) {
            return part->is(ValueKind::text) && !part->text.empty();
          })) {
        return true;
      }
      return std::nullopt;
    case ValueKind::list:
    case ValueKind::tuple:
    case ValueKind::set:
      if (!value.items.empty()) {
        return true;
      }
      return value.open ? std::nullopt : std::optional(false);
    case ValueKind::dict:
      if (!value.entries.empty()) {
        return true;
      }
      return value.open ? std::nullopt : std::optional(false);
    case ValueKind::function:
    case ValueKind::class_:
    case ValueKind::module:
    case ValueKind::ellipsis:
      return true;
    default:
      return std::nullopt;
  }
}

std::optional<bool> equal(const Value& left, const Value& right) {
  if (&left == &right && !is_term(left)) {
    return true;
  }
  if (is_term(left) || is_term(right)) {
    return std::nullopt;
  }
  if (is_number(left) && is_number(right)) {
    return number(left) == number(right);
  }
  if (left.kind != right.kind) {
    return false;
  }
  switch (left.kind) {
    case ValueKind::none:
    case ValueKind::ellipsis:
      return true;
    case ValueKind::text:
    case ValueKind::bytes:
      return left.text == right.text;
    case ValueKind::list:
    case ValueKind::tuple:
      return left.open || right.open ? std::nullopt : equal_items(left, right);
    default:
      return std::nullopt;
  }
}

bool is_known(const Value& value) {
  if (is_term(value) || value.open) {
    return false;
  }
  return std::all_of(value.items.begin(), value.items.end(),
                     [](const Value* item) { return is_known(*item); }) &&
         std::all_of(value.entries.begin(), value.entries.end(), [](const auto& entry) {
           return (entry.first == nullptr || is_known(*entry.first)) && is_known(*entry.second);
         });
}

std::string dotted_name(const Value& value) {
  if (value.is(ValueKind::symbol) || value.is(ValueKind::module)) {
    return std::string(value.text);
  }
  if (value.is(ValueKind::attribute)) {
    std::string object = dotted_name(*value.object);
    if (!object.empty()) {
      object += '.';
      object += value.text;
    }
    return object;
  }
  return {};
}

std::string describe(const Value& value) {
  switch (value.kind) {
    case ValueKind::unknown:
      return "a value that is not known";
    case ValueKind::none:
      return "None";
    case ValueKind::ellipsis:
      return "an ellipsis";
    case ValueKind::boolean:
      return "a boolean";
    case ValueKind::integer:
      return "an integer";
    case ValueKind::real:
      return "a float";
    case ValueKind::text:
      return "a string";
    case ValueKind::partial_text:
      return "a string with parts that are not known";
    case ValueKind::bytes:
      return "a bytes literal";
    case ValueKind::list:
      return "a list";
    case ValueKind::tuple:
      return "a tuple";
    case ValueKind::set:
      return "a set";
    case ValueKind::dict:
      return "a dict";
    case ValueKind::function:
      return "a function";
    case ValueKind::class_:
      return "a class";
    case ValueKind::enum_member:
      return "an enum member";
    case ValueKind::module:
      return "a module";
    default:
      break;
  }
  const Value& named = value.is(ValueKind::call) ? *value.object : value;
  const std::string name = dotted_name(named);
  if (name.empty()) {
    return "an expression that is not known";
  }
  return (value.is(ValueKind::call) ? "a call of " : "") + name;
}

}  // namespace gauger::eval
