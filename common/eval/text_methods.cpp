// Methods of Python's str on what is known of one.
#include <algorithm>
#include <cctype>
#include <optional>
#include <string>
#include <utility>

#include "eval/interpreter.hpp"

namespace gauger::eval {
namespace {

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

constexpr std::size_t most_parts = 100'000;

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

}  // namespace

Value* Interpreter::text_method(Value* object, std::string_view name, Value* call) {
  const Place place = call->place;
  if (name == "join" && call->items.size() == 1) {
    const std::vector<Value*>* items = elements(call->items[0]);
    if (items == nullptr || !is_exact(*call->items[0])) {
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
    return pads ? object : nullptr;
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
    const std::string_view rest = trimmed(self, what, name != "rstrip", name != "lstrip");
    const auto at = static_cast<std::size_t>(rest.data() - self.data());
    return piece_of(*object, at, rest.size(), place);
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
        if (list->items.size() == most_parts) {
          return unknown("a text of too many parts", place);
        }
        list->items.push_back(piece_of(*object, at, part.size(), place));
      }
      at = end + (blanks ? 1 : separator.size());
    }
    return list;
  }
  if (name == "isdigit") {
    return boolean_value(!self.empty() && self.find_first_not_of("0123456789") == std::string::npos,
                         place);
  }
  if (name == "encode" || name == "expandtabs" || name == "casefold") {
    return object;
  }
  return nullptr;
}

}  // namespace gauger::eval
