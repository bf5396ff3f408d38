// Functions of Python's own, and of its library, on what is known of their arguments.
#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "eval/interpreter.hpp"

namespace gauger::eval {
namespace {

constexpr std::int64_t longest_range = 10'000;

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

// Functions whose result no migration has been seen to depend on.
constexpr std::array<std::string_view, 24> unfolded = {
    "any",   "all",    "min", "max",     "sum",      "filter",     "next",   "repr",
    "type",  "abs",    "ord", "chr",     "round",    "super",      "locals", "int",
    "float", "format", "len", "hasattr", "callable", "isinstance", "bool",   "getattr"};

}  // namespace

Value* Interpreter::builtin(std::string_view name, Value* call) {
  const Place place = call->place;
  Value* first = call->items.empty() ? nullptr : call->items[0];
  if (Value* known = path_function(name, call)) {
    return known;
  }
  if (first != nullptr) {
    if (name == "textwrap.dedent" || name == "inspect.cleandoc") {
      return first->is(ValueKind::text) ? text(dedented(first->text), place) : first;
    }
    if (name == "asyncio.run" || name == "typing.cast") {
      return call->items.back();
    }
    if (name == "functools.partial") {
      Value* made = memory_.make(ValueKind::partial, place);
      made->object = first;
      made->items.assign(call->items.begin() + 1, call->items.end());
      made->entries = call->entries;
      return made;
    }
    if (name == "copy.copy" || name == "copy.deepcopy") {
      Value* copied = memory_.make(first->kind, place);
      *copied = *first;
      return copied;
    }
  }
  if (name == "itertools.chain") {
    return zipped(call);
  }
  if (name == "sys.exit" || name == "os._exit") {
    unwinding_ = true;
    return unknown("it does not return", place);
  }
  if (name == "collections.OrderedDict") {
    name = "builtins.dict";
  }
  if (!name.starts_with("builtins.")) {
    return nullptr;
  }
  name.remove_prefix(std::string_view("builtins.").size());
  if (name == "print") {
    return memory_.make(ValueKind::none, place);
  }
  if (name == "globals" || (name == "vars" && first == nullptr)) {
    Value* value = memory_.make(ValueKind::globals, place);
    value->scope = run_module(*module_);
    return value;
  }
  if (name == "range") {
    return range(call);
  }
  if (name == "dict") {
    return dict_from(call);
  }
  if (name == "zip") {
    return zipped(call);
  }
  if (name == "list" || name == "tuple" || name == "set" || name == "frozenset" ||
      name == "sorted" || name == "reversed" || name == "iter" || name == "enumerate") {
    return sequence_from(name, call);
  }
  if (Value* known = first != nullptr ? folded(name, call) : nullptr) {
    return known;
  }
  if (std::find(unfolded.begin(), unfolded.end(), name) != unfolded.end()) {
    return unknown("it is not folded", place);
  }
  return nullptr;
}

// Functions of at least one argument.
Value* Interpreter::folded(std::string_view name, Value* call) {
  const Place place = call->place;
  Value* first = call->items[0];
  if (name == "getattr" && call->items.size() >= 2 && call->items[1]->is(ValueKind::text)) {
    return attribute(first, call->items[1]->text, place);
  }
  if (name == "str") {
    return to_text(first, place);
  }
  if (name == "bool") {
    return boolean_value(truth(*first), place);
  }
  if (name == "int" && (first->is(ValueKind::integer) || first->is(ValueKind::boolean))) {
    return integer(first->integer, place);
  }
  if (name == "len") {
    const std::vector<Value*>* items = elements(first);
    if (items != nullptr && is_exact(*first)) {
      return integer(static_cast<std::int64_t>(items->size()), place);
    }
    if (first->is(ValueKind::text)) {  // characters, not bytes
      return integer(std::count_if(first->text.begin(), first->text.end(),
                                   [](char byte) { return (byte & 0xC0) != 0x80; }),
                     place);
    }
  }
  if ((name == "any" || name == "all") && elements(first) != nullptr) {
    const bool stops_on = name == "any";
    std::optional<bool> result = first->open ? std::nullopt : std::optional(!stops_on);
    for (const Value* item : *elements(first)) {
      const std::optional<bool> known = item->is(ValueKind::maybe) ? std::nullopt : truth(*item);
      if (known == std::optional(stops_on)) {
        return boolean_value(stops_on, place);
      }
      result = known ? result : std::nullopt;
    }
    return boolean_value(result, place);
  }
  if (name == "map" && call->items.size() == 2) {
    const std::vector<Value*>* items = elements(call->items[1]);
    if (items == nullptr) {
      return unknown("a sequence that is not known", place);
    }
    Value* value = memory_.make(ValueKind::list, place);
    value->open = call->items[1]->open;
    for (Value* item : std::vector<Value*>(*items)) {
      const bool is_there = !item->is(ValueKind::maybe);
      Value* inner = memory_.make(ValueKind::call, place);
      inner->object = first;
      inner->items = {is_there ? item : item->object};
      Value* result = apply(first, inner, false);
      value->items.push_back(is_there ? result : memory_.maybe(result));
    }
    return value;
  }
  return nullptr;
}

Value* Interpreter::dict_from(Value* call) {
  Value* value = memory_.make(ValueKind::dict, call->place);
  Value* first = call->items.empty() ? nullptr : call->items[0];
  value->open = call->open;
  if (first != nullptr && first->is(ValueKind::dict)) {
    merge_entries(*value, first->entries);
    value->open = value->open || first->open;
  } else if (const auto* pairs = first != nullptr ? elements(first) : nullptr) {
    value->open = value->open || first->open;
    for (Value* item : std::vector<Value*>(*pairs)) {
      const bool is_there = !item->is(ValueKind::maybe);
      const std::vector<Value*>* parts = elements(is_there ? item : item->object);
      if (parts != nullptr && parts->size() == 2) {
        merge_entries(*value, {{(*parts)[0], is_there ? (*parts)[1] : memory_.maybe((*parts)[1])}});
      } else {
        value->open = true;
      }
    }
  } else if (first != nullptr) {
    value->open = true;
  }
  merge_entries(*value, call->entries);
  return value;
}

Value* Interpreter::range(Value* call) {
  const Place place = call->place;
  std::vector<std::int64_t> bounds;
  for (const Value* item : call->items) {
    if (!item->is(ValueKind::integer)) {
      return unknown("a range that is not known", place);
    }
    bounds.push_back(item->integer);
  }
  if (bounds.empty() || bounds.size() > 3 || call->open) {
    return unknown("a range that is not known", place);
  }
  const std::int64_t begin = bounds.size() > 1 ? bounds[0] : 0;
  const std::int64_t end = bounds.size() > 1 ? bounds[1] : bounds[0];
  const std::int64_t step = bounds.size() > 2 ? bounds[2] : 1;
  std::int64_t length = 0;
  if (step == 0 || step == INT64_MIN || __builtin_sub_overflow(end, begin, &length) ||
      length / step > longest_range) {
    return unknown("a range that is too long to follow", place);
  }
  Value* value = memory_.make(ValueKind::list, place);
  const std::int64_t count = (length + (step > 0 ? step - 1 : step + 1)) / step;
  for (std::int64_t i = 0; i < count; ++i) {
    value->items.push_back(integer(begin + i * step, place));
  }
  steps_ += value->items.size();
  return value;
}

Value* Interpreter::sequence_from(std::string_view name, Value* call) {
  const Place place = call->place;
  Value* first = call->items.empty() ? nullptr : call->items[0];
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
  steps_ += items->size();
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
    const Value* start = call->items.size() > 1 ? call->items[1] : call->keyword("start");
    std::int64_t index = start != nullptr ? start->integer : 0;
    const bool counts = is_exact(*first) && (start == nullptr || start->is(ValueKind::integer));
    for (Value*& item : value->items) {
      const bool is_there = !item->is(ValueKind::maybe);
      Value* pair = memory_.make(ValueKind::tuple, place);
      pair->items = {counts ? integer(index++, place) : unknown("a number", place),
                     is_there ? item : item->object};
      item = is_there ? pair : memory_.maybe(pair);
    }
  }
  return value;
}

// zip and itertools.chain.
Value* Interpreter::zipped(Value* call) {
  const Place place = call->place;
  const bool chains = dotted_name(*call->object).ends_with("chain");
  Value* value = memory_.make(ValueKind::list, place);
  std::vector<std::vector<Value*>> columns;
  std::size_t shortest = SIZE_MAX;
  for (Value* argument : call->items) {
    const std::vector<Value*>* items = elements(argument);
    if (items == nullptr || (!chains && !is_exact(*argument))) {
      return unknown("a sequence that is not known", place);
    }
    columns.push_back(*items);
    shortest = std::min(shortest, items->size());
    steps_ += items->size();
    if (chains) {
      value->items.insert(value->items.end(), items->begin(), items->end());
      value->open = value->open || argument->open;
    }
  }
  for (std::size_t i = 0; !chains && !columns.empty() && i < shortest; ++i) {
    Value* row = memory_.make(ValueKind::tuple, place);
    for (const auto& column : columns) {
      row->items.push_back(column[i]);
    }
    value->items.push_back(row);
  }
  return value;
}

}  // namespace gauger::eval
