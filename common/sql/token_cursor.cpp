#include "sql/token_cursor.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace gauger::sql {

namespace {

// The reserved words of PL/pgSQL (pl_reserved_kwlist.h); others may be names.
constexpr std::array<std::string_view, 24> reserved{
    "all",  "begin",   "by",     "case", "declare", "else",  "end",  "execute",
    "for",  "foreach", "from",   "if",   "in",      "into",  "loop", "not",
    "null", "or",      "strict", "then", "to",      "using", "when", "while"};

}  // namespace

bool TokenCursor::is_name(std::size_t index) const {
  if (tokens_.is_kind(index, TokenKind::word)) {
    return std::none_of(reserved.begin(), reserved.end(),
                        [&](std::string_view word) { return tokens_.is_word(index, word); });
  }
  return tokens_.is_kind(index, TokenKind::identifier) ||
         tokens_.is_kind(index, TokenKind::parameter);
}

bool TokenCursor::accept(std::string_view word) {
  const bool found = is(word);
  next_ += found ? 1U : 0U;
  return found;
}

bool TokenCursor::accept_symbol(std::string_view symbol) {
  const bool found = is_symbol(symbol);
  next_ += found ? 1U : 0U;
  return found;
}

std::size_t TokenCursor::find(std::initializer_list<std::string_view> ends) const {
  const auto is_end = [&](std::size_t index) {
    return std::any_of(ends.begin(), ends.end(), [&](std::string_view end) {
      return tokens_.is_word(index, end) || tokens_.is_symbol(index, end);
    });
  };
  std::size_t index = next_;
  while (index < tokens_.size() && !is_end(index)) {
    index = tokens_.skip(index, tokens_.size());
  }
  return index;
}

bool TokenCursor::fail(std::string message) {
  if (!failure_.message.empty()) {
    return false;
  }
  if (tokens_.failure()) {
    failure_ = *tokens_.failure();
    return false;
  }
  failure_.offset = at_end() ? size_ : tokens_[next_].span.begin;
  if (!message.empty()) {
    failure_.message = std::move(message);
  } else if (at_end()) {
    failure_.message = "syntax error at end of the PL/pgSQL";
  } else {
    failure_.message = fmt::format("syntax error at or near \"{}\"", tokens_.text(next_));
  }
  return false;
}

}  // namespace gauger::sql
