// Ini::parse: the line rules of configparser.RawConfigParser._read (CPython 3.11).
#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/encoding.hpp"
#include "project/ini.hpp"

namespace gauger::project {
namespace {

// The bytes at the front of `text` that are one character of what str.isspace() says is white.
std::size_t leading_blank(std::string_view text) {
  const auto byte = static_cast<unsigned char>(text.front());
  if (byte == ' ' || (byte >= 0x09 && byte <= 0x0D) || (byte >= 0x1C && byte <= 0x1F)) {
    return 1;
  }
  for (const std::string_view wide :
       {"\u0085", "\u00A0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005",
        "\u2006", "\u2007", "\u2008", "\u2009", "\u200A", "\u2028", "\u2029", "\u202F", "\u205F",
        "\u3000"}) {
    if (text.starts_with(wide)) {
      return wide.size();
    }
  }
  return 0;
}

// Characters, not bytes, of white at the front; removes them.
std::size_t strip_front(std::string_view& text) {
  std::size_t count = 0;
  while (!text.empty()) {
    const std::size_t length = leading_blank(text);
    if (length == 0) {
      break;
    }
    text.remove_prefix(length);
    ++count;
  }
  return count;
}

void strip_back(std::string_view& text) {
  while (!text.empty()) {
    std::size_t begin = text.size() - 1;
    while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0U) == 0x80U) {
      --begin;
    }
    if (leading_blank(text.substr(begin)) != text.size() - begin) {
      break;
    }
    text.remove_suffix(text.size() - begin);
  }
}

}  // namespace

// Fills an Ini line by line.
class IniReader {
 public:
  IniReader(Ini& ini, std::string_view text) : ini_(ini), text_(text) {}

  [[nodiscard]] base::Result<void> read() {
    std::size_t begin = 0;
    while (begin < text_.size()) {
      const std::size_t end = std::min(text_.find_first_of("\r\n", begin), text_.size());
      line_begin_ = begin;
      ++line_number_;
      if (auto done = read_line(text_.substr(begin, end - begin)); !done) {
        return done;
      }
      begin = end + (text_.substr(end, 2) == "\r\n" ? 2 : 1);
    }
    finish_value();
    return {};
  }

 private:
  [[nodiscard]] base::Result<void> read_line(std::string_view line) {
    std::string_view value = line;
    const std::size_t indent = strip_front(value);
    strip_back(value);
    if (value.starts_with('#') || value.starts_with(';')) {
      return {};
    }
    if (value.empty()) {
      if (option_ != nullptr) {
        option_->text += '\n';
      }
      return {};
    }
    if (option_ != nullptr && indent > indent_) {
      option_->text += '\n';
      option_->text += value;
      return {};
    }
    indent_ = indent;
    const std::size_t close = value.rfind(']');
    if (value.front() == '[' && close != std::string_view::npos && close > 1) {
      return start_section(std::string(value.substr(1, close - 1)));
    }
    return read_option(value);
  }

  [[nodiscard]] base::Result<void> start_section(std::string name) {
    finish_value();
    section_ = std::move(name);
    if (section_ == "DEFAULT") {
      options_ = &ini_.defaults_;
      return {};
    }
    const auto [place, is_new] = ini_.sections_.try_emplace(section_);
    if (!is_new) {
      return refuse(line_begin_, fmt::format("section [{}] appears twice", section_));
    }
    ini_.order_.push_back(section_);
    options_ = &place->second;
    return {};
  }

  [[nodiscard]] base::Result<void> read_option(std::string_view value) {
    if (options_ == nullptr) {
      return refuse(line_begin_, "the file has no section header, such as [alembic], at its start");
    }
    const std::size_t delimiter = value.find_first_of("=:");
    std::string_view name = value.substr(0, std::min(delimiter, value.size()));
    strip_back(name);
    if (delimiter == std::string_view::npos || name.empty()) {
      return refuse(offset(value), "a line that is neither [section], key = value nor a comment");
    }
    std::string_view text = value.substr(delimiter + 1);
    strip_front(text);
    std::string key(name);
    std::transform(key.begin(), key.end(), key.begin(), [](char byte) {
      return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
    });
    if (!seen_.emplace(section_, key).second) {
      return refuse(offset(value), fmt::format("key '{}' appears twice in [{}]", key, section_));
    }
    finish_value();
    option_ = &(*options_)[key];
    *option_ = {.text = std::string(text), .position = place(offset(text.empty() ? name : text))};
    return {};
  }

  // Blank lines at the end of a value are not part of it.
  void finish_value() {
    if (option_ != nullptr) {
      std::string_view text = option_->text;
      strip_back(text);
      option_->text.resize(text.size());
    }
    option_ = nullptr;
  }

  [[nodiscard]] std::size_t offset(std::string_view part) const {
    return static_cast<std::size_t>(part.data() - text_.data());
  }

  [[nodiscard]] base::Position place(std::size_t at) const {
    const std::string_view before = text_.substr(line_begin_, at - line_begin_);
    const auto column = std::count_if(before.begin(), before.end(), [](char byte) {
      return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
    });
    return {line_number_, static_cast<std::uint32_t>(column) + 1};
  }

  [[nodiscard]] tl::unexpected<base::Error> refuse(std::size_t at, std::string message) const {
    return base::failure({.kind = base::ErrorKind::configuration,
                          .message = std::move(message),
                          .path = ini_.path_,
                          .position = place(at)});
  }

  Ini& ini_;
  std::string_view text_;
  std::size_t line_begin_ = 0;
  std::uint32_t line_number_ = 0;
  std::size_t indent_ = 0;  // of the line that began the section or the option
  std::string section_;
  IniOptions* options_ = nullptr;
  IniValue* option_ = nullptr;
  std::set<std::pair<std::string, std::string>> seen_;
};

base::Result<Ini> Ini::parse(std::string_view bytes, const std::string& path,
                             const std::map<std::string, std::string>& defaults) {
  const auto refuse = [&](std::size_t at, std::string message, std::string help = {}) {
    return base::failure({.kind = base::ErrorKind::configuration,
                          .message = std::move(message),
                          .path = path,
                          .position = base::position_of(bytes, static_cast<std::uint32_t>(at)),
                          .help = std::move(help)});
  };
  if (bytes.starts_with("\xEF\xBB\xBF")) {
    return refuse(0, "the file begins with a byte order mark, which Alembic does not read",
                  "save it as UTF-8 without a byte order mark");
  }
  if (const std::size_t nul = bytes.find('\0'); nul != std::string_view::npos) {
    return refuse(nul, "the file has a NUL byte");
  }
  if (const auto invalid = base::find_invalid_utf8(bytes)) {
    return refuse(*invalid, "the file is not valid UTF-8");
  }
  Ini ini;
  ini.path_ = path;
  for (const auto& [key, text] : defaults) {
    ini.defaults_[key] = {.text = text};
  }
  if (auto done = IniReader(ini, bytes).read(); !done) {
    return tl::unexpected<base::Error>(std::move(done.error()));
  }
  return ini;
}

}  // namespace gauger::project
