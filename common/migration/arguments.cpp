#include "migration/arguments.hpp"

#include "eval/interpreter.hpp"

namespace gauger::migration {

using eval::Value;
using eval::ValueKind;

Value* argument(const Value& call, std::size_t index, std::string_view keyword) {
  if (Value* named = argument(call, keyword)) {
    return named;
  }
  return index < call.items.size() ? call.items[index] : nullptr;
}

Value* argument(const Value& call, std::string_view keyword) { return call.keyword(keyword); }

Value* unless_none(Value* value) {
  return value == nullptr || value->is(ValueKind::none) ? nullptr : value;
}

bool is_true(const Value* value) { return value != nullptr && eval::truth(*value).value_or(false); }

bool is_false(const Value* value) {
  return value != nullptr && !eval::truth(*value).value_or(true);
}

bool flag(const Value& call, std::string_view keyword) { return is_true(argument(call, keyword)); }

std::optional<std::int64_t> integer_of(const Value* value) {
  return value != nullptr && value->is(ValueKind::integer) ? std::optional(value->integer)
                                                           : std::nullopt;
}

std::string_view text_of(const Value* value) {
  return value != nullptr && value->is(ValueKind::text) ? value->text : std::string_view();
}

Items items_of(const Value* value) {
  if (value == nullptr || value->is(ValueKind::none)) {
    return {};
  }
  if (!value->is(ValueKind::list) && !value->is(ValueKind::tuple) && !value->is(ValueKind::set)) {
    return {{}, false};
  }
  return {{value->items.begin(), value->items.end()}, !value->open};
}

Items items_from(const Value& call, std::size_t first) {
  Items items{{}, !call.open};
  for (std::size_t i = first; i < call.items.size(); ++i) {
    items.values.push_back(call.items[i]);
  }
  return items;
}

std::string source_text(const Value& value) {
  if (value.place.module == nullptr) {
    return {};
  }
  return std::string(base::slice(value.place.module->text, value.place.span));
}

}  // namespace gauger::migration
