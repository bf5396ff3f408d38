// The words of an SQL text as PostgreSQL's scanner tells them apart, to slice the source where the
// parse tree keeps only where something begins.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.hpp"
#include "sql/parser.hpp"

namespace gauger::sql {

enum class TokenKind : std::uint8_t {
  word,        // a keyword or an identifier without quotes
  identifier,  // a quoted identifier
  string,      // any string constant
  number,
  parameter,  // $1
  symbol,     // one of . , ; : ( ) [ ] or an operator
};

struct Token {
  base::Span span;
  TokenKind kind = TokenKind::symbol;
};

// Comments are not among the tokens. Every index may be past the end: nothing is there.
class Tokens {
 public:
  // `text` must outlive the tokens. A text that the scanner refuses has none.
  explicit Tokens(const std::string& text);

  // What the scanner said of a text that it refused.
  [[nodiscard]] const std::optional<Failure>& failure() const { return failure_; }

  [[nodiscard]] std::size_t size() const { return tokens_.size(); }
  [[nodiscard]] const Token& operator[](std::size_t index) const { return tokens_[index]; }

  // The first token that begins at `offset` or after it.
  [[nodiscard]] std::size_t at(std::uint32_t offset) const;
  // `word` in lower case.
  [[nodiscard]] bool is_word(std::size_t index, std::string_view word) const;
  [[nodiscard]] bool is_symbol(std::size_t index, std::string_view symbol) const;
  [[nodiscard]] bool is_kind(std::size_t index, TokenKind kind) const;
  // What follows the token, or the whole group where it opens a parenthesis or bracket. Never
  // beyond `end`.
  [[nodiscard]] std::size_t skip(std::size_t index, std::size_t end) const;
  // In [first, end), outside of parentheses; `end` where there is none.
  [[nodiscard]] std::size_t find_word(std::size_t first, std::size_t end,
                                      std::string_view word) const;
  [[nodiscard]] std::size_t find_symbol(std::size_t first, std::size_t end,
                                        std::string_view symbol) const;

  // The source from the beginning of `first` to the end of the one before `end`; empty if none.
  [[nodiscard]] base::Span span(std::size_t first, std::size_t end) const;
  [[nodiscard]] std::string_view slice(std::size_t first, std::size_t end) const;
  [[nodiscard]] std::string_view text(std::size_t index) const { return slice(index, index + 1); }
  // The source between a parenthesis and the one that closes it.
  [[nodiscard]] std::string_view inside(std::size_t open, std::size_t end) const;

 private:
  std::string_view text_;
  std::vector<Token> tokens_;
  std::optional<Failure> failure_;
};

}  // namespace gauger::sql
