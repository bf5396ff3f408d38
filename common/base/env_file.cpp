#include "base/env_file.hpp"

#include <algorithm>

namespace gauger::base {
namespace {

bool is_name_byte(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
         (byte >= '0' && byte <= '9') || byte == '_' || byte == '.' || byte == '-';
}

char unescaped(char byte) {
  switch (byte) {
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return byte;
  }
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  EnvFile read() {
    EnvFile file;
    if (text_.starts_with("\xef\xbb\xbf")) {
      at_ = 3;
    }
    while (at_ < text_.size()) {
      const std::uint32_t line = line_;
      if (!read_line(file)) {
        file.unreadable_lines.push_back(line);
      }
      skip_line();
    }
    return file;
  }

 private:
  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\n'; }
  [[nodiscard]] bool at_line_end() const { return peek() == '\n' || peek() == '\r'; }

  void skip_blanks() {
    while (peek() == ' ' || peek() == '\t') {
      ++at_;
    }
  }

  void skip_line() {
    while (at_ < text_.size() && text_[at_] != '\n') {
      ++at_;
    }
    ++at_;
    ++line_;
  }

  std::string_view read_name() {
    const std::size_t begin = at_;
    while (is_name_byte(peek())) {
      ++at_;
    }
    return text_.substr(begin, at_ - begin);
  }

  // False where the line is neither a setting nor empty.
  bool read_line(EnvFile& file) {
    skip_blanks();
    if (at_line_end() || peek() == '#') {
      return true;
    }
    std::string_view name = read_name();
    if (name == "export" && (peek() == ' ' || peek() == '\t')) {
      skip_blanks();
      name = read_name();
    }
    skip_blanks();
    if (name.empty() || peek() != '=') {
      return false;
    }
    ++at_;
    skip_blanks();
    std::string value;
    const bool read = peek() == '\'' || peek() == '"' ? read_quoted(value) : read_plain(value);
    if (read) {
      file.values.insert_or_assign(std::string(name), std::move(value));
    }
    return read;
  }

  // Stays on the opening quote where there is no closing one that ends a line.
  bool read_quoted(std::string& value) {
    const char quote = text_[at_];
    std::uint32_t lines = 0;
    for (std::size_t i = at_ + 1; i < text_.size(); ++i) {
      if (text_[i] == quote) {
        return end_line_after(i, lines);
      }
      if (quote == '"' && text_[i] == '\\' && i + 1 < text_.size()) {
        ++i;
        value += unescaped(text_[i]);
      } else {
        value += text_[i];
      }
      lines += text_[i] == '\n' ? 1U : 0U;
    }
    return false;
  }

  bool end_line_after(std::size_t quote, std::uint32_t lines) {
    const std::size_t next = text_.find_first_not_of(" \t", quote + 1);
    if (next != std::string_view::npos &&
        std::string_view("#\r\n").find(text_[next]) == std::string_view::npos) {
      return false;
    }
    at_ = quote + 1;
    line_ += lines;
    return true;
  }

  bool read_plain(std::string& value) {
    const std::size_t begin = at_;
    while (!at_line_end() &&
           !(peek() == '#' && (at_ == begin || text_[at_ - 1] == ' ' || text_[at_ - 1] == '\t'))) {
      ++at_;
    }
    value = text_.substr(begin, at_ - begin);
    value.erase(value.find_last_not_of(" \t") + 1);
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
};

}  // namespace

EnvFile parse_env_file(std::string_view text) { return Reader(text).read(); }

}  // namespace gauger::base
