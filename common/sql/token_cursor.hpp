// A place among tokens that a recursive descent moves forward, with the first failure it met.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "sql/parser.hpp"
#include "sql/tokens.hpp"

namespace gauger::sql {

class TokenCursor {
 public:
  // `text` must outlive the cursor.
  explicit TokenCursor(const std::string& text)
      : tokens_(text), size_(static_cast<std::uint32_t>(text.size())) {}

  [[nodiscard]] const Tokens& tokens() const { return tokens_; }
  [[nodiscard]] std::size_t next() const { return next_; }
  void go_to(std::size_t index) { next_ = index; }
  void advance(std::size_t count = 1) { next_ += count; }
  [[nodiscard]] bool at_end() const { return next_ >= tokens_.size(); }

  [[nodiscard]] bool is(std::string_view word) const { return tokens_.is_word(next_, word); }
  [[nodiscard]] bool is_symbol(std::string_view symbol) const {
    return tokens_.is_symbol(next_, symbol);
  }
  // An identifier, or a word that may be one.
  [[nodiscard]] bool is_name(std::size_t index) const;
  [[nodiscard]] bool is_name() const { return is_name(next_); }

  // Goes past the next token if it is this one.
  bool accept(std::string_view word);
  bool accept_symbol(std::string_view symbol);
  // Fails if it is not.
  [[nodiscard]] bool expect(std::string_view word) { return accept(word) || fail(); }
  [[nodiscard]] bool expect_symbol(std::string_view symbol) {
    return accept_symbol(symbol) || fail();
  }

  // The next token outside of parentheses that is one of these words or symbols; the number of
  // tokens where there is none.
  [[nodiscard]] std::size_t find(std::initializer_list<std::string_view> ends) const;

  // False, for the caller to hand on. Keeps the first failure only; "syntax error at or near" the
  // next token where no message is given.
  bool fail(std::string message = {});
  [[nodiscard]] const Failure& failure() const { return failure_; }

 private:
  Tokens tokens_;
  std::uint32_t size_;
  std::size_t next_ = 0;
  Failure failure_;
};

}  // namespace gauger::sql
