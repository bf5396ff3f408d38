#include "project/env_file.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/encoding.hpp"

namespace gauger::project {
namespace {

bool is_key_byte(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
         (byte >= '0' && byte <= '9') || byte == '_' || byte == '.' || byte == '-';
}

// What "\x" stands for; nothing where the backslash stands for itself.
std::optional<char> escaped(char byte, char quote) {
  constexpr std::string_view names = "abfnrtv";
  constexpr std::string_view values = "\a\b\f\n\r\t\v";
  if (byte == '\\' || byte == '\'' || (byte == '"' && quote == '"')) {
    return byte;
  }
  const std::size_t index = names.find(byte);
  return quote == '"' && index != std::string_view::npos ? std::optional(values[index])
                                                         : std::nullopt;
}

class EnvReader {
 public:
  EnvReader(std::string_view text, const std::string& path) : text_(text), path_(path) {}

  [[nodiscard]] base::Result<Variables> read() {
    Variables variables;
    while (true) {
      skip(" \t\r\n\f\v");
      if (at_ == text_.size()) {
        return variables;
      }
      if (text_[at_] == '#') {
        skip_line();
        continue;
      }
      std::string key = read_key();
      if (key == "export" && at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) {
        skip(" \t");
        key = read_key();
      }
      if (key.empty()) {
        return refuse("a line of the file is not KEY=value");
      }
      skip(" \t");
      if (at_ == text_.size() || text_[at_] == '\n' || text_[at_] == '\r' || text_[at_] == '#') {
        skip_line();
        continue;
      }
      if (text_[at_] != '=') {
        return refuse("a line of the file is not KEY=value");
      }
      ++at_;
      skip(" \t");
      auto value = read_value();
      if (!value) {
        return tl::unexpected<base::Error>(std::move(value.error()));
      }
      variables[std::move(key)] = *std::move(value);
    }
  }

 private:
  void skip(std::string_view bytes) {
    at_ = std::min(text_.find_first_not_of(bytes, at_), text_.size());
  }

  void skip_line() { at_ = std::min(text_.find_first_of("\r\n", at_), text_.size()); }

  [[nodiscard]] std::string read_key() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_key_byte(text_[at_])) {
      ++at_;
    }
    return std::string(text_.substr(begin, at_ - begin));
  }

  [[nodiscard]] base::Result<std::string> read_value() {
    if (at_ < text_.size() && (text_[at_] == '"' || text_[at_] == '\'')) {
      return read_quoted(text_[at_]);
    }
    const std::size_t begin = at_;
    skip_line();
    std::string_view value = text_.substr(begin, at_ - begin);
    for (std::size_t hash = value.find('#'); hash != std::string_view::npos;
         hash = value.find('#', hash + 1)) {
      if (hash > 0 && (value[hash - 1] == ' ' || value[hash - 1] == '\t')) {
        value = value.substr(0, hash);
        break;
      }
    }
    return std::string(value.substr(0, value.find_last_not_of(" \t") + 1));
  }

  [[nodiscard]] base::Result<std::string> read_quoted(char quote) {
    const std::size_t begin = at_++;
    std::string value;
    while (at_ < text_.size() && text_[at_] != quote) {
      const auto other = text_[at_] == '\\' && at_ + 1 < text_.size()
                             ? escaped(text_[at_ + 1], quote)
                             : std::nullopt;
      value += other.value_or(text_[at_]);
      at_ += other ? 2U : 1U;
    }
    if (at_ == text_.size()) {
      at_ = begin;
      return refuse("a quoted value of the file is not closed");
    }
    ++at_;
    skip(" \t");
    if (at_ < text_.size() &&
        std::string_view("\r\n#").find(text_[at_]) == std::string_view::npos) {
      return refuse("a quoted value of the file is followed by more than a comment");
    }
    skip_line();
    return value;
  }

  [[nodiscard]] tl::unexpected<base::Error> refuse(std::string message) const {
    return base::failure({.kind = base::ErrorKind::configuration,
                          .message = std::move(message),
                          .path = path_,
                          .position = base::position_of(text_, static_cast<std::uint32_t>(at_))});
  }

  std::string_view text_;
  const std::string& path_;
  std::size_t at_ = 0;
};

}  // namespace

base::Result<Variables> parse_env_file(std::string_view text, const std::string& path) {
  if (text.starts_with("\xEF\xBB\xBF")) {
    text.remove_prefix(3);
  }
  if (text.find('\0') != std::string_view::npos || base::find_invalid_utf8(text)) {
    return base::failure({.kind = base::ErrorKind::configuration,
                          .message = "the file is not UTF-8 text",
                          .path = path});
  }
  return EnvReader(text, path).read();
}

}  // namespace gauger::project
