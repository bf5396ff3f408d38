#include "python/outline.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "python/structure_bytes.hpp"

namespace gauger::python {
namespace {

constexpr std::uint32_t deepest_bracket = 200;  // CPython: MAXLEVEL in Parser/lexer/state.h
constexpr std::size_t deepest_block = 100;      // CPython: MAXINDENT, the same file
constexpr std::size_t deepest_field = 100;      // f-strings inside f-strings

enum class Class : std::uint8_t {
  ordinary,
  newline,
  quote,
  hash,
  open,
  close,
  backslash,
  nul,
  semicolon,
  colon,
  equals,
};

constexpr std::array<Class, 256> make_classes() {
  std::array<Class, 256> classes{};
  classes['\n'] = Class::newline;
  classes['\r'] = Class::newline;
  classes['"'] = Class::quote;
  classes['\''] = Class::quote;
  classes['#'] = Class::hash;
  classes['('] = classes['['] = classes['{'] = Class::open;
  classes[')'] = classes[']'] = classes['}'] = Class::close;
  classes['\\'] = Class::backslash;
  classes['\0'] = Class::nul;
  classes[';'] = Class::semicolon;
  classes[':'] = Class::colon;
  classes['='] = Class::equals;
  return classes;
}

constexpr std::array<Class, 256> classes = make_classes();

Class class_of(char byte) { return classes[static_cast<unsigned char>(byte)]; }

// What may stand before a quote as a part of the literal, in small letters.
constexpr std::array<bool, 256> make_prefix_letters() {
  std::array<bool, 256> letters{};
  for (const char letter : {'r', 'b', 'f', 'u', 't'}) {
    letters[static_cast<unsigned char>(letter)] = true;
  }
  return letters;
}

constexpr std::array<bool, 256> prefix_letters = make_prefix_letters();

bool continues_word(char byte) {
  const auto value = static_cast<unsigned char>(byte);
  return (value >= 'a' && value <= 'z') || (value >= 'A' && value <= 'Z') ||
         (value >= '0' && value <= '9') || value == '_' || value >= 0x80;
}

bool is_blank(char byte) { return byte == ' ' || byte == '\t' || byte == '\f'; }

class Scanner {
 public:
  explicit Scanner(std::string_view text)
      : text_(text), size_(static_cast<std::uint32_t>(text.size())), structure_(text) {}

  base::Result<Outline> run() {
    indents_.push_back(0);
    outline_.statements.reserve(16);
    outline_.comments.reserve(8);
    while (!failed_ && at_ < size_) {
      scan_line();
    }
    finish_statement();
    if (!failed_ && block_expected_) {
      fail(line_end_, "expected an indented block");
    }
    if (failed_) {
      return base::failure({.kind = base::ErrorKind::unparsable,
                            .message = message_,
                            .position = base::position_of(text_, failed_at_)});
    }
    return std::move(outline_);
  }

 private:
  [[nodiscard]] char peek(std::uint32_t ahead = 0) const {
    return at_ + ahead < size_ ? text_[at_ + ahead] : '\n';
  }

  void fail(std::uint32_t offset, std::string message) {
    if (!failed_) {
      failed_ = true;
      failed_at_ = offset;
      message_ = std::move(message);
    }
    at_ = size_;
  }

  void skip_newline() {
    if (at_ < size_ && text_[at_] == '\r') {
      ++at_;
      if (at_ < size_ && text_[at_] == '\n') {
        ++at_;
      }
    } else if (at_ < size_) {
      ++at_;
    }
  }

  void scan_comment(bool alone) {
    const std::uint32_t begin = at_;
    const std::string_view line = text_.substr(at_, text_.find('\n', at_) - at_);
    at_ += static_cast<std::uint32_t>(std::min(line.find('\r'), line.size()));
    outline_.comments.push_back({{begin, at_}, alone, depth_});
  }

  // One logical line, or a blank or comment line.
  void scan_line() {
    const std::uint32_t begin = at_;
    while (at_ < size_ && text_[at_] == ' ') {
      ++at_;
    }
    std::uint32_t column = at_ - begin;
    for (; at_ < size_ && is_blank(text_[at_]); ++at_) {
      if (text_[at_] == '\t') {
        column = (column / 8 + 1) * 8;
      } else {
        column = text_[at_] == '\f' ? 0 : column + 1;
      }
    }
    if (at_ >= size_) {
      return;
    }
    const Class first = class_of(text_[at_]);
    if (first == Class::newline) {
      skip_newline();
      return;
    }
    if (first == Class::hash) {
      scan_comment(true);
      skip_newline();
      return;
    }
    indent_to(column);
    if (failed_) {
      return;
    }
    if (column == 0) {
      begin_top_level_line();
    }
    scan_logical_line();
  }

  void indent_to(std::uint32_t column) {
    if (block_expected_) {
      block_expected_ = false;
      if (column <= indents_.back()) {
        fail(at_, "expected an indented block");
      } else if (indents_.size() > deepest_block) {
        fail(at_, "too many levels of indentation");
      } else {
        indents_.push_back(column);
      }
      return;
    }
    if (column > indents_.back()) {
      fail(at_, "unexpected indent");
      return;
    }
    while (column < indents_.back()) {
      indents_.pop_back();
    }
    if (column != indents_.back()) {
      fail(at_, "unindent does not match any outer indentation level");
    }
  }

  [[nodiscard]] std::string_view word_at(std::uint32_t offset) const {
    std::uint32_t end = offset;
    while (end < size_ && continues_word(text_[end])) {
      ++end;
    }
    return text_.substr(offset, end - offset);
  }

  [[nodiscard]] std::uint32_t skip_blanks(std::uint32_t offset) const {
    while (offset < size_ && is_blank(text_[offset])) {
      ++offset;
    }
    return offset;
  }

  void begin_top_level_line() {
    const std::string_view word = word_at(at_);
    if (word == "else" || word == "elif" || word == "except" || word == "finally") {
      return;  // part of the statement before
    }
    if (decorated_) {
      decorated_ = text_[at_] == '@';
      if (!decorated_) {
        classify(word);
      }
      return;
    }
    finish_statement();
    open_ = true;
    current_ = {};
    current_.span.begin = at_;
    header_line_ = true;
    if (text_[at_] == '@') {
      decorated_ = true;
      return;
    }
    classify(word);
  }

  void classify(std::string_view word) {
    header_line_ = true;
    seen_equals_ = 0;
    const std::uint32_t after = at_ + static_cast<std::uint32_t>(word.size());
    std::uint32_t next = skip_blanks(after);
    if (word == "import" || word == "from") {
      current_.kind = StatementKind::import;
    } else if (word == "def" || word == "class" || (word == "async" && word_at(next) == "def")) {
      current_.kind = word == "class" ? StatementKind::type : StatementKind::definition;
      if (word == "async") {
        next = skip_blanks(next + 3);
      }
      current_.name = {next, next + static_cast<std::uint32_t>(word_at(next).size())};
    } else if (!word.empty() && next < size_ && text_[next] == '=' &&
               (next + 1 >= size_ || text_[next + 1] != '=')) {
      current_.kind = StatementKind::assignment;
      current_.name = {at_, after};
      current_.value.begin = next + 1;
    } else if (!word.empty() && next < size_ && text_[next] == ':' && word != "else" &&
               word != "try" && word != "lambda") {
      current_.kind = StatementKind::assignment;
      current_.name = {at_, after};
      current_.value.begin = 0;
    } else if (outline_.statements.empty() && string_prefix_ahead()) {
      current_.kind = StatementKind::docstring;
    }
  }

  // Whether the line begins with a string literal (a prefix of b or f makes no docstring).
  [[nodiscard]] bool string_prefix_ahead() const {
    std::uint32_t offset = at_;
    while (offset < size_ && (text_[offset] == 'r' || text_[offset] == 'R' ||
                              text_[offset] == 'u' || text_[offset] == 'U')) {
      ++offset;
    }
    return offset < size_ && offset - at_ <= 1 && class_of(text_[offset]) == Class::quote;
  }

  void finish_statement() {
    if (!open_) {
      return;
    }
    open_ = false;
    current_.span.end = line_end_;
    if (current_.kind == StatementKind::assignment) {
      if (current_.value.begin != 0) {
        current_.value.begin = skip_blanks(current_.value.begin);
        current_.value.end = line_end_;
      }
    }
    if (current_.header.empty()) {
      current_.header = current_.span;
    }
    outline_.statements.push_back(current_);
  }

  // What comes next that matters: in the body of a block and in brackets a few bytes do, which are
  // found many at a time.
  void skip_plain(bool top) {
    if (!top || depth_ > 0) {
      at_ = structure_.next(at_);
      return;
    }
    while (at_ < size_ && class_of(text_[at_]) == Class::ordinary) {
      ++at_;
    }
  }

  void scan_logical_line() {
    const bool top = header_line_ && indents_.size() == 1;
    header_line_ = false;
    const std::uint32_t begin = at_;
    std::uint32_t comment = size_;  // where the comment at the end of this physical line begins
    while (true) {
      skip_plain(top);
      switch (at_ < size_ ? class_of(text_[at_]) : Class::newline) {
        case Class::newline: {
          const std::uint32_t end = std::min(comment, at_);
          const bool ends = depth_ == 0 || at_ >= size_;
          skip_newline();
          if (ends) {
            end_logical_line(begin, end);
            return;
          }
          comment = size_;
          break;
        }
        case Class::hash:
          comment = at_;
          scan_comment(line_is_blank_before(at_));
          break;
        case Class::quote:
          scan_string();
          break;
        case Class::open:
          open_bracket();
          break;
        case Class::close:
          close_bracket();
          break;
        case Class::backslash:
          join_lines();
          break;
        case Class::nul:
          fail(at_, "the file contains a NUL byte");
          break;
        case Class::semicolon:
          if (depth_ == 0 && top) {
            current_.kind = StatementKind::other;
          }
          ++at_;
          break;
        case Class::colon:
          if (top && depth_ == 0 && current_.header.empty() &&
              (current_.kind == StatementKind::definition ||
               current_.kind == StatementKind::type)) {
            current_.header = {current_.span.begin, at_ + 1};
          }
          ++at_;
          break;
        case Class::equals:
          see_equals(top);
          break;
        case Class::ordinary:
          ++at_;
          break;
      }
    }
  }

  // At a backslash outside of strings, which only the end of a line may follow.
  void join_lines() {
    if (peek(1) != '\n' && peek(1) != '\r') {
      fail(at_, "unexpected character after line continuation character");
      return;
    }
    ++at_;
    skip_newline();
  }

  void see_equals(bool top) {
    const char before = at_ > 0 ? text_[at_ - 1] : ' ';
    const bool comparison = peek(1) == '=' || before == '=' || before == '!' || before == '<' ||
                            before == '>' || before == ':';
    if (top && depth_ == 0 && !comparison && current_.kind == StatementKind::assignment) {
      if (++seen_equals_ > 1) {
        current_.kind = StatementKind::other;  // a = b = c
      } else {
        current_.value.begin = at_ + 1;
      }
    }
    ++at_;
  }

  // `end`: behind the last token, or blanks behind that. At the end of the text this is where
  // brackets turn out to be open.
  void end_logical_line(std::uint32_t begin, std::uint32_t end) {
    if (depth_ > 0) {
      fail(brackets_[depth_ - 1],
           std::string("'") + text_[brackets_[depth_ - 1]] + "' was never closed");
    }
    while (end > begin &&
           (is_blank(text_[end - 1]) || class_of(text_[end - 1]) == Class::newline)) {
      --end;
    }
    line_end_ = end;
    block_expected_ = end > begin && text_[end - 1] == ':';
  }

  [[nodiscard]] bool line_is_blank_before(std::uint32_t offset) const {
    while (offset > 0 && is_blank(text_[offset - 1])) {
      --offset;
    }
    return offset == 0 || text_[offset - 1] == '\n' || text_[offset - 1] == '\r';
  }

  void open_bracket() {
    if (depth_ == deepest_bracket) {
      fail(at_, "too many nested parentheses");
      return;
    }
    brackets_[depth_++] = at_;
    ++at_;
  }

  void close_bracket() {
    const char close = text_[at_];
    if (depth_ == 0) {
      fail(at_, std::string("unmatched '") + close + "'");
      return;
    }
    const char open = text_[brackets_[depth_ - 1]];
    const int distance = close - open;  // in ASCII "()" are neighbours, "[]" and "{}" are 2 apart
    if (distance != 1 && distance != 2) {
      fail(at_, std::string("closing parenthesis '") + close +
                    "' does not match opening parenthesis '" + open + "'");
      return;
    }
    --depth_;
    ++at_;
  }

  // Whether the letters before a quote make an f-string (or a t-string) of it.
  [[nodiscard]] bool is_formatted(std::uint32_t quote) const {
    bool formatted = false;
    std::uint32_t begin = quote;
    for (; begin > 0 && quote - begin < 2; --begin) {
      const char letter = static_cast<char>(text_[begin - 1] | 0x20);
      if (!prefix_letters[static_cast<unsigned char>(letter)]) {
        break;
      }
      formatted = formatted || letter == 'f' || letter == 't';
    }
    // Where they are the tail of a name they are no prefix.
    return formatted && (begin == 0 || !continues_word(text_[begin - 1]));
  }

  // At an opening quote; leaves `at_` behind the closing one.
  void scan_string() {
    const std::uint32_t begin = at_;
    const char quote = text_[at_];
    const bool triple = peek(1) == quote && peek(2) == quote && at_ + 2 < size_;
    const bool formatted = is_formatted(at_);
    at_ += triple ? 3 : 1;
    while (at_ < size_) {
      at_ = structure_.next(at_);
      if (at_ >= size_) {
        break;
      }
      const char byte = text_[at_];
      if (byte == quote) {
        if (!triple) {
          ++at_;
          return;
        }
        if (at_ + 2 < size_ && text_[at_ + 1] == quote && text_[at_ + 2] == quote) {
          at_ += 3;
          return;
        }
        ++at_;
      } else if (byte == '\\') {
        if (formatted && peek(1) == '{') {
          ++at_;
        } else if (peek(1) == '\r' && at_ + 2 < size_ && text_[at_ + 2] == '\n') {
          at_ += 3;
        } else {
          at_ += 2;
        }
      } else if (formatted && byte == '{') {
        if (peek(1) == '{') {
          at_ += 2;
        } else {
          scan_field(begin);
        }
      } else if (!triple && (byte == '\n' || byte == '\r')) {
        break;
      } else if (byte == '\0') {
        fail(at_, "the file contains a NUL byte");
        return;
      } else {
        ++at_;
      }
    }
    if (!failed_) {
      fail(begin,
           triple ? "unterminated triple-quoted string literal" : "unterminated string literal");
    }
  }

  // At the "{" of a replacement field; leaves `at_` behind its "}".
  void scan_field(std::uint32_t string_begin) {
    if (fields_ >= deepest_field) {
      fail(at_, "f-strings are nested too deeply");
      return;
    }
    ++fields_;
    ++at_;
    std::size_t depth = 0;
    while (at_ < size_) {
      const char byte = text_[at_];
      if (byte == '"' || byte == '\'') {
        scan_string();
      } else if (byte == '(' || byte == '[' || byte == '{') {
        ++depth;
        ++at_;
      } else if (byte == '}' && depth == 0) {
        ++at_;
        --fields_;
        return;
      } else if (byte == ')' || byte == ']' || byte == '}') {
        depth -= depth > 0 ? 1 : 0;
        ++at_;
      } else if (byte == ':' && depth == 0) {
        scan_format_specification(string_begin);
      } else {
        ++at_;
      }
    }
    fail(string_begin, "unterminated f-string: expecting '}'");
  }

  // At the ":" of a replacement field; stops at the "}" that ends the field.
  void scan_format_specification(std::uint32_t string_begin) {
    ++at_;
    const char quote = text_[string_begin];
    while (at_ < size_ && text_[at_] != '}') {
      if (text_[at_] == '{') {
        scan_field(string_begin);
      } else if (text_[at_] == quote && peek(1) != quote) {
        fail(string_begin, "unterminated f-string: expecting '}'");
      } else {
        ++at_;
      }
    }
  }

  std::string_view text_;
  std::uint32_t size_;
  StructureBytes structure_;
  std::uint32_t at_ = 0;
  std::uint32_t line_end_ = 0;
  std::vector<std::uint32_t> indents_;
  std::array<std::uint32_t, deepest_bracket> brackets_{};  // where the open ones stand
  std::uint32_t depth_ = 0;                                // how many are open
  std::size_t fields_ = 0;
  Statement current_;
  bool open_ = false;
  bool decorated_ = false;
  bool header_line_ = false;
  bool block_expected_ = false;
  int seen_equals_ = 0;
  Outline outline_;
  bool failed_ = false;
  std::uint32_t failed_at_ = 0;
  std::string message_;
};

}  // namespace

const Statement* Outline::find(std::string_view text, std::string_view name) const {
  const auto last =
      std::find_if(statements.rbegin(), statements.rend(), [&](const Statement& statement) {
        return !statement.name.empty() && base::slice(text, statement.name) == name;
      });
  return last == statements.rend() ? nullptr : &*last;
}

base::Result<Outline> outline(std::string_view text) { return Scanner(text).run(); }

}  // namespace gauger::python
