#include <algorithm>
#include <cctype>
#include <charconv>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "eval/interpreter.hpp"

namespace gauger::eval {
namespace {

constexpr std::int64_t longest_range = 10'000;

std::string_view trimmed(std::string_view text, std::string_view what, bool left, bool right) {
  if (left) {
    text.remove_prefix(std::min(text.find_first_not_of(what), text.size()));
  }
  if (right) {
    const std::size_t last = text.find_last_not_of(what);
    text = text.substr(0, last == std::string_view::npos ? 0 : last + 1);
  }
  return text;
}

enum class Case : std::uint8_t { lower, upper };

// ASCII only.
std::string in_case(std::string_view text, Case wanted) {
  std::string out(text);
  for (char& letter : out) {
    const bool lower = letter >= 'a' && letter <= 'z';
    const bool upper = letter >= 'A' && letter <= 'Z';
    if ((wanted == Case::lower && upper) || (wanted == Case::upper && lower)) {
      letter = static_cast<char>(letter ^ 0x20);
    }
  }
  return out;
}

std::string replaced(std::string_view text, std::string_view from, std::string_view to,
                     std::size_t limit) {
  std::string out;
  std::size_t at = 0;
  while (!from.empty()) {
    const std::size_t next = text.find(from, at);
    if (next == std::string_view::npos || out.size() > limit) {
      break;
    }
    out.append(text.substr(at, next - at)).append(to);
    at = next + from.size();
  }
  return out.append(text.substr(at));
}

// textwrap.dedent: the margin that all lines with text share is taken off.
std::string dedented(std::string_view text) {
  std::vector<std::string_view> lines;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  std::optional<std::string_view> margin;
  for (const std::string_view line : lines) {
    const std::size_t first = line.find_first_not_of(" \t");
    if (first == std::string_view::npos) {
      continue;
    }
    const std::string_view indent = line.substr(0, first);
    if (!margin) {
      margin = indent;
      continue;
    }
    const auto differs =
        std::mismatch(margin->begin(), margin->end(), indent.begin(), indent.end());
    margin = margin->substr(0, static_cast<std::size_t>(differs.first - margin->begin()));
  }
  const std::size_t cut = margin ? margin->size() : 0;
  std::string out;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool blank = lines[i].find_first_not_of(" \t") == std::string_view::npos;
    out.append(i == 0 ? "" : "\n").append(blank ? "" : lines[i].substr(cut));
  }
  return out;
}

// What stands in a "{…}" of str.format: the argument's name or index, and whether it is plain
// (no attribute, index, conversion or format behind it).
struct Field {
  std::string_view name;
  bool plain = true;
};

Field field_of(std::string_view text) {
  const std::size_t end = text.find_first_of(".[!:");
  if (end == std::string_view::npos) {
    return {text, true};
  }
  return {text.substr(0, end), text.substr(end) == "!s"};
}

}  // namespace

const std::vector<Value*>* Interpreter::elements(Value* value) {
  switch (value->kind) {
    case ValueKind::list:
    case ValueKind::tuple:
    case ValueKind::set:
      return &value->items;
    case ValueKind::dict: {
      Value* keys = memory_.make(ValueKind::list, value->place);
      for (const auto& entry : value->entries) {
        keys->items.push_back(entry.first);
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
    default:
      return nullptr;
  }
}

Value* Interpreter::to_text(Value* value, Place place) {
  switch (value->kind) {
    case ValueKind::integer:
      return text(std::to_string(value->integer), place);
    case ValueKind::boolean:
      return text(value->integer != 0 ? "True" : "False", place);
    case ValueKind::none:
      return text("None", place);
    case ValueKind::real:
      return text(fmt::format("{}", value->real), place);
    default:
      return value;
  }
}

Value* Interpreter::join_parts(const std::vector<Value*>& parts, Place place) {
  std::vector<Value*> merged;
  std::string run;
  std::size_t total = 0;
  const auto flush = [&] {
    if (!run.empty()) {
      merged.push_back(text(std::exchange(run, {}), place));
    }
  };
  const auto add = [&](Value* part) {
    if (part->is(ValueKind::text)) {
      total += part->text.size();
      if (total <= limits_.text) {
        run += part->text;
      }
    } else {
      flush();
      merged.push_back(part);
    }
  };
  for (Value* part : parts) {
    if (part->is(ValueKind::partial_text)) {
      std::for_each(part->items.begin(), part->items.end(), add);
    } else {
      add(part);
    }
  }
  flush();
  if (total > limits_.text) {
    return unknown("a string that is too long to put together", place);
  }
  if (merged.empty()) {
    return text("", place);
  }
  if (merged.size() == 1 && merged[0]->is(ValueKind::text)) {
    return merged[0];
  }
  Value* value = memory_.make(ValueKind::partial_text, place);
  value->items = std::move(merged);
  return value;
}

// printf-style: %s, %d, %r, %(name)s, %%.
Value* Interpreter::percent(Value* pattern, Value* arguments, Place place) {
  const std::vector<Value*> pieces =
      pattern->is(ValueKind::text) ? std::vector<Value*>{pattern} : pattern->items;
  std::vector<Value*> parts;
  std::size_t next = 0;
  for (Value* piece : pieces) {
    if (!piece->is(ValueKind::text)) {
      parts.push_back(piece);
      continue;
    }
    const std::string_view format = piece->text;
    std::size_t at = 0;
    while (at < format.size()) {
      const std::size_t sign = std::min(format.find('%', at), format.size());
      parts.push_back(text(std::string(format.substr(at, sign - at)), place));
      if (sign + 1 >= format.size()) {
        break;
      }
      std::size_t end = sign + 1;
      Value* argument = nullptr;
      if (format[end] == '%') {
        parts.push_back(text("%", place));
        at = end + 1;
        continue;
      }
      if (format[end] == '(') {
        const std::size_t close = std::min(format.find(')', end), format.size() - 1);
        argument = arguments->keyword(format.substr(end + 1, close - end - 1));
        end = close + 1;
      } else if (arguments->is(ValueKind::tuple)) {
        argument = next < arguments->items.size() ? arguments->items[next++] : nullptr;
      } else {
        argument = arguments;
      }
      const std::size_t kind =
          std::min(format.find_first_not_of("0123456789.-+ #", end), format.size() - 1);
      const bool plain = kind == end && (format[kind] == 's' || format[kind] == 'd');
      parts.push_back(argument != nullptr && plain ? to_text(argument, place)
                                                   : unknown("a formatted value", place));
      at = kind + 1;
    }
  }
  return join_parts(parts, place);
}

Value* Interpreter::format(std::string_view pattern, Value* call) {
  std::vector<Value*> parts;
  std::string literal;
  std::size_t next = 0;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    const char byte = pattern[at];
    if (byte != '{' && byte != '}') {
      literal += byte;
      continue;
    }
    if (at + 1 < pattern.size() && pattern[at + 1] == byte) {
      literal += byte;
      ++at;
      continue;
    }
    const std::size_t close = pattern.find('}', at);
    if (byte == '}' || close == std::string_view::npos) {
      return unknown("a format that is not read", call->place);
    }
    parts.push_back(text(std::exchange(literal, {}), call->place));
    const Field field = field_of(pattern.substr(at + 1, close - at - 1));
    Value* argument = nullptr;
    std::size_t index = next;
    const char* end = field.name.data() + field.name.size();
    if (field.name.empty()) {
      ++next;
    }
    if (field.name.empty() || std::from_chars(field.name.data(), end, index).ptr == end) {
      argument = index < call->items.size() ? call->items[index] : nullptr;
    } else {
      argument = call->keyword(field.name);
    }
    parts.push_back(argument != nullptr && field.plain ? to_text(argument, call->place)
                                                       : unknown("a formatted value", call->place));
    at = close;
  }
  parts.push_back(text(std::move(literal), call->place));
  return join_parts(parts, call->place);
}

Value* Interpreter::method(Value* object, std::string_view name, Value* call) {
  if (object->is(ValueKind::text) || object->is(ValueKind::partial_text)) {
    return text_method(object, name, call);
  }
  return container_method(object, name, call);
}

Value* Interpreter::text_method(Value* object, std::string_view name, Value* call) {
  const Place place = call->place;
  if (name == "join" && call->items.size() == 1) {
    const std::vector<Value*>* items = elements(call->items[0]);
    if (items == nullptr || call->items[0]->open) {
      return unknown("a join of what is not known", place);
    }
    std::vector<Value*> parts;
    for (Value* item : std::vector<Value*>(*items)) {
      if (!parts.empty()) {
        parts.push_back(object);
      }
      parts.push_back(item);
    }
    return join_parts(parts, place);
  }
  const bool pads = name == "strip" || name == "lstrip" || name == "rstrip";
  if (object->is(ValueKind::partial_text)) {
    if (name == "format") {
      return object;
    }
    return pads || name == "upper" || name == "lower" || name == "replace" ? object : nullptr;
  }
  const std::string_view self = object->text;
  const auto argument = [&](std::size_t index) -> std::optional<std::string_view> {
    if (index < call->items.size() && call->items[index]->is(ValueKind::text)) {
      return call->items[index]->text;
    }
    return std::nullopt;
  };
  if (name == "format") {
    return format(self, call);
  }
  if (pads) {
    const std::string_view what = argument(0).value_or(" \t\n\r\f\v");
    return text(std::string(trimmed(self, what, name != "rstrip", name != "lstrip")), place);
  }
  if (name == "lower" || name == "upper") {
    return text(in_case(self, name == "lower" ? Case::lower : Case::upper), place);
  }
  if (name == "capitalize" || name == "title") {
    std::string out = in_case(self, Case::lower);
    for (std::size_t i = 0; i < out.size(); ++i) {
      const bool starts = i == 0 || (name == "title" && std::isalpha(out[i - 1]) == 0);
      out[i] = starts ? static_cast<char>(std::toupper(out[i])) : out[i];
    }
    return text(std::move(out), place);
  }
  if (name == "replace" && argument(0) && argument(1)) {
    return text(replaced(self, *argument(0), *argument(1), limits_.text), place);
  }
  if (name == "startswith" && argument(0)) {
    return boolean_value(self.starts_with(*argument(0)), place);
  }
  if (name == "endswith" && argument(0)) {
    return boolean_value(self.ends_with(*argument(0)), place);
  }
  if (name == "removeprefix" && argument(0)) {
    const bool has = self.starts_with(*argument(0));
    return text(std::string(self.substr(has ? argument(0)->size() : 0)), place);
  }
  if (name == "removesuffix" && argument(0)) {
    const bool has = self.ends_with(*argument(0));
    return text(std::string(self.substr(0, self.size() - (has ? argument(0)->size() : 0))), place);
  }
  if (name == "split" || name == "splitlines") {
    if (call->items.size() > 1 || !call->entries.empty()) {
      return nullptr;
    }
    Value* list = memory_.make(ValueKind::list, place);
    const bool blanks = name == "split" && call->items.empty();
    const std::string_view separator =
        name == "splitlines" ? "\n" : argument(0).value_or(" \t\n\r");
    if (separator.empty() || (!blanks && name == "split" && !argument(0))) {
      return nullptr;
    }
    std::size_t at = 0;
    while (at <= self.size()) {
      std::size_t end = blanks ? self.find_first_of(separator, at) : self.find(separator, at);
      end = std::min(end, self.size());
      const std::string_view part = self.substr(at, end - at);
      if (!part.empty() || (!blanks && !(name == "splitlines" && end == self.size()))) {
        list->items.push_back(text(std::string(part), place));
      }
      at = end + (blanks ? 1 : separator.size());
    }
    return list;
  }
  if (name == "encode" || name == "expandtabs" || name == "casefold") {
    return object;
  }
  return nullptr;
}

Value* Interpreter::container_method(Value* object, std::string_view name, Value* call) {
  const Place place = call->place;
  Value* none = memory_.make(ValueKind::none, place);
  Value* first = call->items.empty() ? nullptr : call->items[0];
  if (object->is(ValueKind::globals) || object->is(ValueKind::dict)) {
    if (name == "get" && first != nullptr) {
      if (object->is(ValueKind::globals)) {
        return namespace_item(object, first, place);
      }
      for (const auto& [key, value] : object->entries) {
        if (equal(*key, *first).value_or(false)) {
          return value;
        }
      }
      if (is_known(*first) && !object->open) {
        return call->items.size() > 1 ? call->items[1] : none;
      }
      return unknown("an entry that is not known", place);
    }
    if (object->is(ValueKind::dict) && (name == "keys" || name == "values" || name == "items")) {
      Value* list = memory_.make(ValueKind::list, place);
      list->open = object->open;
      for (const auto& [key, value] : object->entries) {
        if (name == "items") {
          Value* pair = memory_.make(ValueKind::tuple, place);
          pair->items = {key, value};
          list->items.push_back(pair);
        } else {
          list->items.push_back(name == "keys" ? key : value);
        }
      }
      return list;
    }
    if (name == "update" || name == "pop" || name == "setdefault" || name == "clear") {
      object->open = true;
      if (name == "update" && first != nullptr && first->is(ValueKind::dict)) {
        for (const auto& entry : first->entries) {
          object->entries.push_back(entry);
        }
      }
      return name == "update" || name == "clear" ? none : unknown("an entry", place);
    }
    return name == "copy" ? object : nullptr;
  }
  if (name == "append" || name == "add") {
    if (first != nullptr) {
      object->items.push_back(first);
    }
    return none;
  }
  if (name == "extend" || name == "update") {
    const std::vector<Value*>* items = first != nullptr ? elements(first) : nullptr;
    if (items == nullptr) {
      object->open = true;
      return none;
    }
    const std::vector<Value*> added = *items;
    object->items.insert(object->items.end(), added.begin(), added.end());
    object->open = object->open || first->open;
    return none;
  }
  if (name == "copy") {
    Value* copied = memory_.make(object->kind, place);
    copied->items = object->items;
    copied->open = object->open;
    return copied;
  }
  if (name == "insert" || name == "remove" || name == "pop" || name == "sort" ||
      name == "reverse" || name == "clear" || name == "discard") {
    object->open = true;  // no longer known in order or extent
    return name == "pop" ? unknown("an element", place) : none;
  }
  if (name == "count" || name == "index") {
    return unknown("it is not folded", place);
  }
  return nullptr;
}

Value* Interpreter::builtin(std::string_view name, Value* call) {
  const Place place = call->place;
  Value* first = call->items.empty() ? nullptr : call->items[0];
  if ((name == "textwrap.dedent" || name == "inspect.cleandoc") && first != nullptr) {
    return first->is(ValueKind::text) ? text(dedented(first->text), place) : first;
  }
  if ((name == "copy.copy" || name == "copy.deepcopy") && first != nullptr) {
    return first;
  }
  if (name == "collections.OrderedDict" || name == "itertools.chain") {
    name = name == "itertools.chain" ? "builtins.chain" : "builtins.dict";
  }
  if (!name.starts_with("builtins.")) {
    return nullptr;
  }
  name.remove_prefix(std::string_view("builtins.").size());
  if (name == "print") {
    return memory_.make(ValueKind::none, place);
  }
  if (name == "globals" || name == "vars") {
    Value* value = memory_.make(ValueKind::globals, place);
    value->scope = run_module(*module_);
    return value;
  }
  if (name == "getattr" && call->items.size() >= 2 && call->items[1]->is(ValueKind::text)) {
    return attribute(first, call->items[1]->text, place);
  }
  if (name == "isinstance" || name == "hasattr" || name == "callable") {
    return unknown("it cannot be told", place);
  }
  if (name == "str" && first != nullptr) {
    return to_text(first, place);
  }
  if (name == "bool" && first != nullptr) {
    return boolean_value(truth(*first), place);
  }
  if (name == "int" && first != nullptr &&
      (first->is(ValueKind::integer) || first->is(ValueKind::boolean))) {
    Value* value = memory_.make(ValueKind::integer, place);
    value->integer = first->integer;
    return value;
  }
  if (name == "dict") {
    Value* value = memory_.make(ValueKind::dict, place);
    value->open = call->open;
    if (first != nullptr && first->is(ValueKind::dict)) {
      value->entries = first->entries;
      value->open = value->open || first->open;
    } else if (const auto* pairs = first != nullptr ? elements(first) : nullptr) {
      for (Value* pair : *pairs) {
        const std::vector<Value*>* parts = elements(pair);
        if (parts != nullptr && parts->size() == 2) {
          value->entries.emplace_back((*parts)[0], (*parts)[1]);
        } else {
          value->open = true;
        }
      }
    } else if (first != nullptr) {
      value->open = true;
    }
    value->entries.insert(value->entries.end(), call->entries.begin(), call->entries.end());
    return value;
  }
  if (name == "range") {
    std::vector<std::int64_t> bounds;
    for (const Value* item : call->items) {
      if (!item->is(ValueKind::integer)) {
        return unknown("a range that is not known", place);
      }
      bounds.push_back(item->integer);
    }
    const std::int64_t begin = bounds.size() > 1 ? bounds[0] : 0;
    const std::int64_t end = bounds.size() > 1 ? bounds[1] : bounds.empty() ? 0 : bounds[0];
    const std::int64_t step = bounds.size() > 2 ? bounds[2] : 1;
    if (step <= 0 || (begin < 0 && end > INT64_MAX + begin) || end - begin > longest_range * step) {
      return unknown("a range that is too long to follow", place);
    }
    Value* value = memory_.make(ValueKind::list, place);
    for (std::int64_t i = begin; i < end; i += step) {
      Value* item = memory_.make(ValueKind::integer, place);
      item->integer = i;
      value->items.push_back(item);
    }
    return value;
  }
  if (name == "list" || name == "tuple" || name == "set" || name == "frozenset" ||
      name == "sorted" || name == "reversed" || name == "iter" || name == "enumerate") {
    const ValueKind kind = name == "tuple"                        ? ValueKind::tuple
                           : name == "set" || name == "frozenset" ? ValueKind::set
                                                                  : ValueKind::list;
    Value* value = memory_.make(kind, place);
    if (first == nullptr) {
      return value;
    }
    const std::vector<Value*>* items = elements(first);
    if (items == nullptr) {
      return unknown("a sequence that is not known", place);
    }
    value->items = *items;
    value->open = first->open;
    if (name == "reversed") {
      std::reverse(value->items.begin(), value->items.end());
    } else if (name == "sorted" && call->entries.empty() &&
               std::all_of(value->items.begin(), value->items.end(),
                           [](const Value* item) { return item->is(ValueKind::text); })) {
      std::stable_sort(value->items.begin(), value->items.end(),
                       [](const Value* a, const Value* b) { return a->text < b->text; });
    } else if (name == "enumerate") {
      std::int64_t index = call->items.size() > 1 ? call->items[1]->integer : 0;
      for (Value*& item : value->items) {
        Value* number = memory_.make(ValueKind::integer, place);
        number->integer = index++;
        Value* pair = memory_.make(ValueKind::tuple, place);
        pair->items = {number, item};
        item = pair;
      }
    }
    return value;
  }
  if (name == "zip" || name == "chain") {
    Value* value = memory_.make(ValueKind::list, place);
    std::vector<std::vector<Value*>> columns;
    std::size_t shortest = SIZE_MAX;
    for (Value* argument : call->items) {
      const std::vector<Value*>* items = elements(argument);
      if (items == nullptr || argument->open) {
        return unknown("a sequence that is not known", place);
      }
      columns.push_back(*items);
      shortest = std::min(shortest, items->size());
      if (name == "chain") {
        value->items.insert(value->items.end(), items->begin(), items->end());
      }
    }
    for (std::size_t i = 0; name == "zip" && !columns.empty() && i < shortest; ++i) {
      Value* row = memory_.make(ValueKind::tuple, place);
      for (const auto& column : columns) {
        row->items.push_back(column[i]);
      }
      value->items.push_back(row);
    }
    return value;
  }
  if (name == "map" && call->items.size() == 2) {
    const std::vector<Value*>* items = elements(call->items[1]);
    if (items == nullptr) {
      return unknown("a sequence that is not known", place);
    }
    Value* value = memory_.make(ValueKind::list, place);
    value->open = call->items[1]->open;
    for (Value* item : std::vector<Value*>(*items)) {
      Value* inner = memory_.make(ValueKind::call, place);
      inner->object = first;
      inner->items = {item};
      value->items.push_back(apply(first, inner, false));
    }
    return value;
  }
  if (name == "len" && first != nullptr) {
    const std::vector<Value*>* items = elements(first);
    if (first->is(ValueKind::text) || (items != nullptr && !first->open)) {
      Value* value = memory_.make(ValueKind::integer, place);
      value->integer =
          static_cast<std::int64_t>(items != nullptr ? items->size() : first->text.size());
      return value;
    }
    return unknown("a length that is not known", place);
  }
  if (name == "any" || name == "all" || name == "min" || name == "max" || name == "sum" ||
      name == "filter" || name == "next" || name == "repr" || name == "type" || name == "abs" ||
      name == "super" || name == "locals" || name == "ord" || name == "chr" || name == "round" ||
      name == "int" || name == "float" || name == "format") {
    return unknown("it is not folded", place);
  }
  return nullptr;
}

}  // namespace gauger::eval
