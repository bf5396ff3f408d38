#include "catalog/expression.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <optional>

#include <fmt/format.h>

#include "base/text.hpp"
#include "catalog/names.hpp"

namespace gauger::catalog {
namespace {

struct Word {
  base::Span span{};
  std::string name{};
};

bool begins_word(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool continues_word(char c) {
  return begins_word(c) || std::isdigit(static_cast<unsigned char>(c)) != 0 || c == '$';
}

// The end of what is between quotes, doubled ones inside.
std::size_t end_of_quoted(std::string_view text, std::size_t at) {
  const char quote = text[at];
  for (++at; at < text.size(); ++at) {
    if (text[at] == quote && (at + 1 == text.size() || text[at + 1] != quote)) {
      return at + 1;
    }
    at += text[at] == quote ? 1U : 0U;
  }
  return text.size();
}

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && std::isspace(static_cast<unsigned char>(text[at])) != 0) {
    ++at;
  }
  return at;
}

std::string folded(std::string_view word) {
  std::string result(word);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](unsigned char c) { return c < 0x80 ? static_cast<char>(std::tolower(c)) : c; });
  return result;
}

std::string unquoted(std::string_view word) {
  std::string result;
  for (std::size_t at = 1; at + 1 < word.size(); ++at) {
    result += word[at];
    at += word[at] == '"' ? 1U : 0U;
  }
  return result;
}

// What stands before a word, without blanks.
std::string_view before(std::string_view text, std::size_t at) {
  while (at > 0 && std::isspace(static_cast<unsigned char>(text[at - 1])) != 0) {
    --at;
  }
  return text.substr(0, at);
}

// The names that may be columns: not of functions, types and tables.
std::vector<Word> column_words(std::string_view text) {
  std::vector<Word> words;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    if (text[at] == '\'') {
      at = end_of_quoted(text, at);
      continue;
    }
    const bool quote = text[at] == '"';
    if (quote) {
      at = end_of_quoted(text, at);
    } else if (begins_word(text[at])) {
      while (at < text.size() && continues_word(text[at])) {
        ++at;
      }
    } else {
      // 1e5 is no word.
      const bool digit = std::isdigit(static_cast<unsigned char>(text[at])) != 0;
      for (++at; digit && at < text.size() && continues_word(text[at]);) {
        ++at;
      }
      continue;
    }
    const std::size_t next = skip_blanks(text, at);
    const bool calls_or_leads =
        next < text.size() && (text[next] == '.' || (text[next] == '(' && !quote));
    const bool string_prefix = at < text.size() && text[at] == '\'' && at - begin == 1;
    if (!calls_or_leads && !string_prefix && !before(text, begin).ends_with("::")) {
      const std::string_view word = text.substr(begin, at - begin);
      words.push_back({{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at)},
                       quote ? unquoted(word) : folded(word)});
    }
  }
  return words;
}

bool opens(char c) { return c == '(' || c == '['; }
bool closes(char c) { return c == ')' || c == ']'; }

// Where the parenthesis or bracket that opens at `at` is closed.
std::size_t closing(std::string_view text, std::size_t at) {
  std::size_t depth = 0;
  while (at < text.size()) {
    if (text[at] == '\'' || text[at] == '"') {
      at = end_of_quoted(text, at);
      continue;
    }
    depth += opens(text[at]) ? 1U : 0U;
    if (closes(text[at]) && --depth == 0) {
      return at;
    }
    ++at;
  }
  return text.size();
}

struct Suggestion {
  std::string name{};
  bool strong = false;
};

// A column, a call, or either with casts behind it. Parentheses in parentheses are followed to a
// depth.
Suggestion suggestion(std::string_view text, int depth) {
  std::size_t at = skip_blanks(text, 0);
  Suggestion result;
  if (depth == 0) {
    return result;
  }
  if (at < text.size() && text[at] == '(') {
    const std::size_t close = closing(text, at);
    result = suggestion(text.substr(at + 1, close - at - 1), depth - 1);
    at = std::min(close + 1, text.size());
  } else if (at < text.size() && text[at] == '\'') {
    at = end_of_quoted(text, at);
  } else {
    while (at < text.size() && (begins_word(text[at]) || text[at] == '"')) {
      const std::size_t begin = at;
      const bool quote = text[at] == '"';
      if (quote) {
        at = end_of_quoted(text, at);
      }
      while (!quote && at < text.size() && continues_word(text[at])) {
        ++at;
      }
      const std::string_view word = text.substr(begin, at - begin);
      result = {quote ? unquoted(word) : folded(word), true};
      if (at == text.size() || text[at] != '.') {
        break;
      }
      ++at;
    }
    if (at < text.size() && text[at] == '(') {
      at = std::min(closing(text, at) + 1, text.size());
    }
  }
  at = skip_blanks(text, at);
  if (at == text.size()) {
    return result;
  }
  // Anything but a cast is an operator, which suggests nothing.
  if (text.substr(at, 2) != "::") {
    return {};
  }
  const std::string_view type = text.substr(skip_blanks(text, at + 2));
  const auto end = std::find_if_not(type.begin(), type.end(), [](char c) {
    return continues_word(c) || std::isspace(static_cast<unsigned char>(c)) != 0 || c == '(' ||
           c == ')' || c == ',' || c == '[' || c == ']';
  });
  if (end != type.end()) {
    return {};
  }
  const auto word_end = std::find_if_not(type.begin(), type.end(), continues_word);
  return result.strong ? result
                       : Suggestion{folded(std::string_view(type.begin(), word_end)), false};
}

// What is between the separators that are in no parentheses.
std::vector<std::string_view> split(std::string_view text, std::string_view separator) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '\'' || text[at] == '"') {
      at = end_of_quoted(text, at);
    } else if (opens(text[at])) {
      at = closing(text, at) + 1;
    } else if (text.substr(at).starts_with(separator)) {
      parts.push_back(text.substr(begin, at - begin));
      begin = at += separator.size();
    } else {
      ++at;
    }
  }
  parts.push_back(text.substr(std::min(begin, text.size())));
  return parts;
}

bool is_junction(std::string_view text, std::string_view separator) {
  return split(text, separator).size() > 1 && split(text, " BETWEEN ").size() == 1;
}

// "(a AND b) AND c" -> "a AND b AND c", in parentheses.
std::string flattened(std::string_view text) {
  for (const std::string_view separator : {" AND ", " OR "}) {
    if (!is_junction(text, separator)) {
      continue;
    }
    std::string result;
    for (std::string_view part : split(text, separator)) {
      if (part.starts_with('(') && closing(part, 0) + 1 == part.size() &&
          is_junction(part.substr(1, part.size() - 2), separator)) {
        part = part.substr(1, part.size() - 2);
      }
      result += result.empty() ? "" : separator;
      result += part;
    }
    return result;
  }
  return std::string(text);
}

// The elements of "ARRAY[…]", in parentheses or not; nothing for any other expression.
std::optional<std::string_view> array_elements(std::string_view text) {
  constexpr std::string_view begin = "ARRAY[";
  if (text.starts_with('(') && closing(text, 0) + 1 == text.size()) {
    text = text.substr(1, text.size() - 2);
  }
  return text.starts_with(begin) && closing(text, begin.size() - 1) + 1 == text.size()
             ? std::optional(text.substr(begin.size(), text.size() - begin.size() - 1))
             : std::nullopt;
}

// The element type of a cast to an array that the text begins with: "::character varying(5)[]".
std::optional<std::string_view> element_of_array_cast(std::string_view text) {
  const std::size_t end = text.find("[]");
  if (!text.starts_with("::") || end == std::string_view::npos) {
    return std::nullopt;
  }
  std::string_view type = text.substr(2, end - 2);
  for (std::size_t at = 0; at < type.size();) {
    const char c = type[at];
    const bool keyword = c >= 'A' && c <= 'Z';
    if (keyword ||
        (!continues_word(c) && std::string_view(" .,()\"").find(c) == std::string_view::npos)) {
      return std::nullopt;
    }
    at = c == '"' ? end_of_quoted(type, at) : at + 1;
  }
  return type;
}

std::string cast_elements(std::string_view elements, std::string_view type) {
  std::string result;
  for (const std::string_view element : split(elements, ", ")) {
    const auto inner = array_elements(element);
    result += result.empty() ? "" : ", ";
    result += inner ? cast_elements(*inner, type) : fmt::format("({})::{}", element, type);
  }
  return fmt::format("ARRAY[{}]", result);
}

}  // namespace

bool mentions(std::string_view expression, std::string_view column) {
  const std::vector<Word> words = column_words(expression);
  return std::any_of(words.begin(), words.end(),
                     [&](const Word& word) { return word.name == column; });
}

std::vector<std::string> columns_in(std::string_view expression, const Table& table) {
  const std::vector<Word> words = column_words(expression);
  std::vector<std::string> result;
  for (const Column& column : table.columns) {
    if (std::any_of(words.begin(), words.end(),
                    [&](const Word& word) { return word.name == column.name; })) {
      result.push_back(column.name);
    }
  }
  return result;
}

std::string with_renamed(std::string_view expression, std::string_view column,
                         std::string_view to) {
  std::string result;
  std::size_t copied = 0;
  for (const Word& word : column_words(expression)) {
    if (word.name == column) {
      result += expression.substr(copied, word.span.begin - copied);
      result += quote_identifier(to);
      copied = word.span.end;
    }
  }
  return result + std::string(expression.substr(copied));
}

std::string result_name(std::string_view expression) {
  Suggestion found = suggestion(expression, 32);
  return found.name.empty() ? "expr" : std::move(found.name);
}

std::string normal_form(std::string_view expression) {
  std::string result;
  std::size_t operand = 0;  // where the last one begins in the result
  for (std::size_t at = 0; at < expression.size();) {
    const std::size_t begin = at;
    const char c = expression[at];
    if (c == '\'' || c == '"') {
      at = end_of_quoted(expression, at);
      result += expression.substr(begin, at - begin);
    } else if (opens(c)) {
      const std::size_t close = closing(expression, at);
      const std::string inner = normal_form(expression.substr(at + 1, close - at - 1));
      const bool call = c == '[' || (at > 0 && continues_word(expression[at - 1]));
      operand = call ? operand : result.size();
      result += c;
      result += call ? inner : flattened(inner);
      at = std::min(close + 1, expression.size());
      result += expression.substr(close, at - close);
    } else if (begins_word(c)) {
      operand = result.size();
      while (at < expression.size() && continues_word(expression[at])) {
        ++at;
      }
      result += expression.substr(begin, at - begin);
    } else {
      const auto type = element_of_array_cast(expression.substr(at));
      const auto elements = array_elements(std::string_view(result).substr(operand));
      if (type && elements && !elements->empty()) {
        const std::string cast = cast_elements(*elements, *type);
        result.replace(operand, std::string::npos, cast);
        at += type->size() + 4;
      } else {
        result += c;
        ++at;
      }
    }
  }
  return result;
}

}  // namespace gauger::catalog
