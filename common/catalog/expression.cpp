#include "catalog/expression.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <optional>

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

// Where the parenthesis that opens at `at` is closed.
std::size_t closing(std::string_view text, std::size_t at) {
  std::size_t depth = 0;
  while (at < text.size()) {
    if (text[at] == '\'' || text[at] == '"') {
      at = end_of_quoted(text, at);
      continue;
    }
    depth += text[at] == '(' ? 1U : 0U;
    if (text[at] == ')' && --depth == 0) {
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

}  // namespace gauger::catalog
