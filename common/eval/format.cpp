// Strings put together: f-strings, `%`, str.format and concatenation.
#include <algorithm>
#include <charconv>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "eval/interpreter.hpp"

namespace gauger::eval {
namespace {

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

Value* Interpreter::to_text(Value* value, Place place) {
  switch (value->kind) {
    case ValueKind::integer:
      return text(std::to_string(value->integer), place);
    case ValueKind::boolean:
      return text(value->integer != 0 ? "True" : "False", place);
    case ValueKind::path:
      return text(std::string(value->text), place);
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

}  // namespace gauger::eval
