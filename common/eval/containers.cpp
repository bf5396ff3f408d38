// Lists, tuples, sets and dicts: their elements and their methods.
#include <algorithm>
#include <utility>

#include "eval/interpreter.hpp"

namespace gauger::eval {

const std::vector<Value*>* Interpreter::elements(Value* value) {
  switch (value->kind) {
    case ValueKind::list:
    case ValueKind::tuple:
    case ValueKind::set:
      return &value->items;
    case ValueKind::dict: {
      Value* keys = memory_.make(ValueKind::list, value->place);
      for (const auto& [key, entry] : value->entries) {
        keys->items.push_back(entry->is(ValueKind::maybe) ? memory_.maybe(key) : key);
      }
      return &keys->items;
    }
    case ValueKind::class_: {
      if (!is_enum(value)) {
        return nullptr;
      }
      Value* all = memory_.make(ValueKind::list, value->place);
      for (const auto& [name, member] : members(value)) {
        if (!member->is(ValueKind::function) && !name.starts_with('_')) {
          all->items.push_back(class_attribute(value, name, value->place));
        }
      }
      return &all->items;
    }
    case ValueKind::file: {
      const Value* lines = lines_of(*value);
      return lines != nullptr ? &lines->items : nullptr;
    }
    default:
      return nullptr;
  }
}

// A later entry takes the place of an earlier one with the same key.
void Interpreter::merge_entries(Value& into,
                                const std::vector<std::pair<Value*, Value*>>& entries) {
  // NOLINTNEXTLINE(performance-unnecessary-copy-initialization): they may be those of `into`
  const std::vector<std::pair<Value*, Value*>> added = entries;
  steps_ += added.size();
  for (const auto& [key, value] : added) {
    auto known = std::find_if(into.entries.begin(), into.entries.end(), [&, key = key](auto& each) {
      return equal(*each.first, *key) == std::optional(true);
    });
    steps_ += into.entries.size() / 16;
    if (known == into.entries.end()) {
      into.entries.emplace_back(key, value);
    } else if (value->is(ValueKind::maybe)) {
      const bool both = known->second->is(ValueKind::maybe);
      Value* before = both ? known->second->object : known->second;
      Value* either = memory_.one_of(std::vector<Value*>{before, value->object}, value->place);
      known->second = both ? memory_.maybe(either) : either;
    } else {
      known->second = value;
    }
  }
}

Value* Interpreter::method(Value* object, std::string_view name, Value* call) {
  switch (object->kind) {
    case ValueKind::text:
    case ValueKind::partial_text:
      return text_method(object, name, call);
    case ValueKind::path:
      return path_method(object, name, call);
    case ValueKind::file:
      return file_method(object, name, call);
    case ValueKind::dict:
    case ValueKind::globals:
      return dict_method(object, name, call);
    case ValueKind::list:
    case ValueKind::tuple:
    case ValueKind::set:
      return sequence_method(object, name, call);
    default:
      return nullptr;
  }
}

Value* Interpreter::dict_method(Value* object, std::string_view name, Value* call) {
  const Place place = call->place;
  Value* none = memory_.make(ValueKind::none, place);
  Value* first = call->items.empty() ? nullptr : call->items[0];
  const auto find = [&](const Value& key) {
    return std::find_if(object->entries.begin(), object->entries.end(), [&](const auto& entry) {
      return equal(*entry.first, key) == std::optional(true);
    });
  };
  if (object->is(ValueKind::globals)) {
    return name == "get" && first != nullptr ? namespace_item(object, first, place) : nullptr;
  }
  if ((name == "get" || name == "pop" || name == "setdefault") && first != nullptr) {
    Value* otherwise = call->items.size() > 1 ? call->items[1] : none;
    const auto known = find(*first);
    Value* result = nullptr;
    if (known != object->entries.end()) {
      Value* value = known->second;
      result = value->is(ValueKind::maybe)
                   ? memory_.one_of(std::vector<Value*>{value->object, otherwise}, place)
                   : value;
    } else if (is_known(*first) && !object->open &&
               std::all_of(object->entries.begin(), object->entries.end(),
                           [](const auto& entry) { return is_known(*entry.first); })) {
      result = otherwise;
    } else {
      result = unknown("an entry that is not known", place);
    }
    if (name == "setdefault") {
      memory_.changing(*object);
      merge_entries(*object, {{first, result}});
    } else if (name == "pop") {
      memory_.changing(*object);
      if (const auto at = find(*first); at != object->entries.end()) {
        object->entries.erase(at);
      } else if (!is_known(*first)) {
        for (auto& entry : object->entries) {
          entry.second = memory_.maybe(entry.second);
        }
      }
    }
    return result;
  }
  if (name == "keys" || name == "values" || name == "items") {
    Value* list = memory_.make(ValueKind::list, place);
    list->open = object->open;
    for (const auto& [key, value] : object->entries) {
      const bool is_there = !value->is(ValueKind::maybe);
      Value* bare = is_there ? value : value->object;
      Value* item = name == "keys" ? key : bare;
      if (name == "items") {
        item = memory_.make(ValueKind::tuple, place);
        item->items = {key, bare};
      }
      list->items.push_back(is_there ? item : memory_.maybe(item));
    }
    return list;
  }
  if (name == "update") {
    memory_.changing(*object);
    if (first != nullptr && first->is(ValueKind::dict)) {
      merge_entries(*object, first->entries);
    }
    merge_entries(*object, call->entries);
    object->open = object->open || call->open ||
                   (first != nullptr && (!first->is(ValueKind::dict) || first->open));
    return none;
  }
  if (name == "clear") {
    memory_.changing(*object).entries.clear();
    object->open = false;
    return none;
  }
  if (name == "copy") {
    Value* copied = memory_.make(ValueKind::dict, place);
    copied->entries = object->entries;
    copied->open = object->open;
    steps_ += copied->entries.size();
    return copied;
  }
  return nullptr;
}

Value* Interpreter::sequence_method(Value* object, std::string_view name, Value* call) {
  const Place place = call->place;
  Value* none = memory_.make(ValueKind::none, place);
  Value* first = call->items.empty() ? nullptr : call->items[0];
  if ((name == "append" || name == "add") && first != nullptr) {
    memory_.changing(*object).items.push_back(first);
    return none;
  }
  if ((name == "extend" || name == "update" || name == "union") && first != nullptr) {
    const std::vector<Value*>* items = elements(first);
    const std::vector<Value*> added = items != nullptr ? *items : std::vector<Value*>();
    Value* into = object;
    if (name == "union") {
      into = memory_.make(object->kind, place);
      into->items = object->items;
      into->open = object->open;
    }
    steps_ += added.size() + (into == object ? 0 : object->items.size());
    memory_.changing(*into);
    into->items.insert(into->items.end(), added.begin(), added.end());
    into->open = into->open || items == nullptr || first->open;
    return into == object ? none : into;
  }
  if (name == "insert" && call->items.size() == 2) {
    memory_.changing(*object);
    const Value& at = *first;
    const auto size = static_cast<std::int64_t>(object->items.size());
    if (at.is(ValueKind::integer) && is_exact(*object)) {
      const std::int64_t index = at.integer < 0 ? at.integer + size : at.integer;
      object->items.insert(object->items.begin() + std::clamp<std::int64_t>(index, 0, size),
                           call->items[1]);
    } else if (at.is(ValueKind::integer) && at.integer == 0) {
      object->items.insert(object->items.begin(), call->items[1]);
    } else {  // somewhere
      object->items.clear();
      object->open = true;
    }
    return none;
  }
  if (name == "reverse") {
    memory_.changing(*object);
    std::reverse(object->items.begin(), object->items.end());
    return none;
  }
  if (name == "clear") {
    memory_.changing(*object).items.clear();
    object->open = false;
    return none;
  }
  if ((name == "remove" || name == "discard") && first != nullptr) {
    memory_.changing(*object);
    const auto known = std::find_if(
        object->items.begin(), object->items.end(),
        [&](const Value* item) { return equal(*item, *first) == std::optional(true); });
    if (known != object->items.end() && is_known(*first)) {
      object->items.erase(known);
    } else if (!is_known(*first) || !is_known(*object)) {
      for (Value*& item : object->items) {
        item = memory_.maybe(item);
      }
    }
    return none;
  }
  if (name == "pop") {
    memory_.changing(*object);
    const auto size = static_cast<std::int64_t>(object->items.size());
    std::int64_t at = size - 1;
    if (first != nullptr && first->is(ValueKind::integer)) {
      at = first->integer < 0 ? first->integer + size : first->integer;
    }
    if (is_exact(*object) && at >= 0 && at < size &&
        (first == nullptr || first->is(ValueKind::integer))) {
      Value* taken = object->items[static_cast<std::size_t>(at)];
      object->items.erase(object->items.begin() + at);
      return taken;
    }
    for (Value*& item : object->items) {
      item = memory_.maybe(item);
    }
    return unknown("an element that is not known", place);
  }
  if (name == "copy") {
    Value* copied = memory_.make(object->kind, place);
    copied->items = object->items;
    copied->open = object->open;
    steps_ += copied->items.size();
    return copied;
  }
  if (name == "sort") {  // the order is not followed: nothing that is folded depends on it
    return none;
  }
  if (name == "count" || name == "index") {
    return unknown("it is not folded", place);
  }
  return nullptr;
}

}  // namespace gauger::eval
