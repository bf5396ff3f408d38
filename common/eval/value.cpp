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
    case ValueKind::maybe:
    case ValueKind::imported:
    case ValueKind::deferred:
      return true;
    default:
      return false;
  }
}

// Values may hold themselves: deeper than this nothing is told apart.
constexpr int deepest = 50;

std::optional<bool> equal_at(const Value& left, const Value& right, int depth);

std::optional<bool> equal_items(const Value& left, const Value& right, int depth) {
  if (!is_exact(left) || !is_exact(right)) {
    return std::nullopt;
  }
  if (left.items.size() != right.items.size()) {
    return false;
  }
  bool certain = true;
  for (std::size_t i = 0; i < left.items.size(); ++i) {
    const std::optional<bool> same = equal_at(*left.items[i], *right.items[i], depth + 1);
    if (same && !*same) {
      return false;
    }
    certain = certain && same.has_value();
  }
  return certain ? std::optional(true) : std::nullopt;
}

// What both answer, if they answer the same.
template <class Question>
std::optional<bool> for_all(const std::vector<Value*>& items, Question question) {
  std::optional<bool> answer;
  for (const Value* item : items) {
    const std::optional<bool> one = question(*item);
    if (!one || (answer && *answer != *one)) {
      return std::nullopt;
    }
    answer = one;
  }
  return answer;
}

std::optional<bool> equal_at(const Value& left, const Value& right, int depth) {
  if (depth > deepest) {
    return std::nullopt;
  }
  if (&left == &right && !is_term(left)) {
    return true;
  }
  if (left.is(ValueKind::choice)) {
    return for_all(left.items, [&](const Value& item) { return equal_at(item, right, depth + 1); });
  }
  if (right.is(ValueKind::choice)) {
    return equal_at(right, left, depth + 1);
  }
  if (is_term(left) || is_term(right)) {
    return std::nullopt;
  }
  if (is_number(left) && is_number(right)) {
    return number(left) == number(right);
  }
  if (left.is(ValueKind::enum_member) && right.is(ValueKind::enum_member)) {
    if (left.items == right.items) {
      return left.text == right.text;
    }
    return std::nullopt;
  }
  if (left.is(ValueKind::enum_member) || right.is(ValueKind::enum_member)) {
    // A member of class X(str, Enum) equals its value; of another enum it does not.
    const Value& member = left.is(ValueKind::enum_member) ? left : right;
    const Value& other = &member == &left ? right : left;
    return equal_at(*member.object, other, depth + 1) == std::optional(false) ? std::optional(false)
                                                                              : std::nullopt;
  }
  if (left.is(ValueKind::instance) || right.is(ValueKind::instance)) {
    return left.is(ValueKind::none) || right.is(ValueKind::none) ? std::optional(false)
                                                                 : std::nullopt;
  }
  if (left.kind != right.kind) {
    return false;
  }
  switch (left.kind) {
    case ValueKind::none:
    case ValueKind::ellipsis:
      return true;
    case ValueKind::text:
    case ValueKind::path:
    case ValueKind::bytes:
      return left.text == right.text;
    case ValueKind::list:
    case ValueKind::tuple:
      return equal_items(left, right, depth);
    default:
      return std::nullopt;
  }
}

bool is_known_at(const Value& value, int depth) {
  if (depth > deepest || is_term(value) || value.open) {
    return false;
  }
  return std::all_of(value.items.begin(), value.items.end(),
                     [&](const Value* item) { return is_known_at(*item, depth + 1); }) &&
         std::all_of(value.entries.begin(), value.entries.end(), [&](const auto& entry) {
           return (entry.first == nullptr || is_known_at(*entry.first, depth + 1)) &&
                  is_known_at(*entry.second, depth + 1);
         });
}

bool is_certain(const Value* item) { return !item->is(ValueKind::maybe); }

}  // namespace

Value* Value::keyword(std::string_view name) const {
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
    const Value* key = entry->first;
    if (key != nullptr && key->is(ValueKind::text) && key->text == name) {
      return entry->second;
    }
  }
  return nullptr;
}

std::size_t Scope::slot(std::string_view name) const {
  if (!index_.empty()) {
    const auto known = index_.find(name);
    return known == index_.end() ? npos : known->second;
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i].first == name) {
      return i;
    }
  }
  return npos;
}

Value* Scope::find(std::string_view name) const {
  const std::size_t at = slot(name);
  return at == npos ? nullptr : names[at].second;
}

bool is_exact(const Value& value) {
  return !value.open && std::all_of(value.items.begin(), value.items.end(), is_certain) &&
         std::all_of(value.entries.begin(), value.entries.end(),
                     [](const auto& entry) { return is_certain(entry.second); });
}

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
      if (std::any_of(value.items.begin(), value.items.end(), is_certain)) {
        return true;
      }
      return value.open || !value.items.empty() ? std::nullopt : std::optional(false);
    case ValueKind::dict:
      if (std::any_of(value.entries.begin(), value.entries.end(),
                      [](const auto& entry) { return is_certain(entry.second); })) {
        return true;
      }
      return value.open || !value.entries.empty() ? std::nullopt : std::optional(false);
    case ValueKind::choice:
      return for_all(value.items, [](const Value& item) { return truth(item); });
    case ValueKind::function:
    case ValueKind::class_:
    case ValueKind::module:
    case ValueKind::path:
    case ValueKind::file:
    case ValueKind::ellipsis:
      return true;
    default:
      return std::nullopt;
  }
}

std::optional<bool> equal(const Value& left, const Value& right) {
  return equal_at(left, right, 0);
}

bool is_known(const Value& value) { return is_known_at(value, 0); }

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
    case ValueKind::path:
      return "a path";
    case ValueKind::file:
      return "an open file";
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
    case ValueKind::instance:
      return "an object of the project's own";
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
