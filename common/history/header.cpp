#include "history/header.hpp"

#include <algorithm>

namespace gauger::history {
namespace {

using base::Span;

constexpr std::size_t longest_message = 500;

bool is_space(char byte) { return byte == ' ' || byte == '\t' || byte == '\f'; }
char lower(char byte) { return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + 32) : byte; }

Span trimmed(std::string_view text, Span span) {
  while (!span.empty() && is_space(text[span.begin])) {
    ++span.begin;
  }
  while (!span.empty() && is_space(text[span.end - 1])) {
    --span.end;
  }
  return span;
}

bool is_quote(char byte) { return byte == '"' || byte == '\''; }

bool begins_with_quote(std::string_view text, Span span) { return is_quote(text[span.begin]); }

// What stands between the quotes of a string literal, as it is written. Of implicitly concatenated
// strings all but the outer quotes.
Span body_of_string(std::string_view text, Span span) {
  while (!span.empty() && !is_quote(text[span.begin])) {
    ++span.begin;  // a prefix such as r
  }
  const std::string_view literal = base::slice(text, span);
  const bool triple = literal.size() >= 6 && literal[1] == literal[0] && literal[2] == literal[0];
  const std::uint32_t quotes = triple ? 3 : 1;
  if (span.size() < 2 * quotes) {
    return {span.begin, span.begin};
  }
  return {span.begin + quotes, span.end - quotes};
}

// The value of the field `name` (in small letters) when the line at `line` holds that field.
std::optional<Span> field_value(std::string_view text, Span line, std::string_view name) {
  const std::string_view content = base::slice(text, line);
  if (content.size() <= name.size()) {
    return std::nullopt;
  }
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (lower(content[i]) != name[i]) {
      return std::nullopt;
    }
  }
  auto at = line.begin + static_cast<std::uint32_t>(name.size());
  while (at < line.end && is_space(text[at])) {
    ++at;
  }
  if (at == line.end || text[at] != ':') {
    return std::nullopt;
  }
  return trimmed(text, {at + 1, line.end});
}

class HeaderReader {
 public:
  explicit HeaderReader(std::string_view text) : text_(text) {}

  // One line of the header, without a comment's "#". Tells whether it holds a field.
  bool read_line(Span line) {
    line = trimmed(text_, line);
    if (line.empty()) {
      return false;
    }
    switch (lower(text_[line.begin])) {
      case 'r':
        return read_identifier(line, "revision id", header_.revision_id) ||
               read_identifier(line, "revises", header_.revises);
      case 'c':
        return read_create_date(line);
      default:
        return false;
    }
  }

  void read_string(Span body) {
    bool said_something = !header_.message.empty();
    while (true) {
      const auto newline = std::find_if(text_.begin() + body.begin, text_.begin() + body.end,
                                        [](char byte) { return byte == '\n' || byte == '\r'; });
      const Span line{body.begin, static_cast<std::uint32_t>(newline - text_.begin())};
      const bool is_field = read_line(line);
      const Span content = trimmed(text_, line);
      if (!said_something && !content.empty()) {
        said_something = true;
        if (!is_field) {
          header_.message = message_of(base::slice(text_, content));
        }
      }
      if (line.end >= body.end) {
        return;
      }
      body.begin = line.end + 1;
    }
  }

  [[nodiscard]] bool complete() const {
    return header_.create_date && header_.revises && header_.revision_id;
  }
  [[nodiscard]] Header take() { return std::move(header_); }

 private:
  bool read_identifier(Span line, std::string_view name, std::optional<HeaderField>& field) {
    const std::optional<Span> value = field_value(text_, line, name);
    if (value && !field) {
      field = HeaderField{*value, std::string(base::slice(text_, *value))};
    }
    return value.has_value();
  }

  bool read_create_date(Span line) {
    const std::optional<Span> value = field_value(text_, line, "create date");
    if (value && !header_.create_date) {
      header_.create_date = *value;
      if (const auto date = parse_create_date(text_, *value)) {
        header_.created = *date;
      }
    }
    return value.has_value();
  }

  static std::string message_of(std::string_view line) {
    if (line.size() > longest_message) {
      std::size_t end = longest_message;
      while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U) {
        --end;  // not in the middle of a character
      }
      line = line.substr(0, end);
    }
    return std::string(line);
  }

  std::string_view text_;
  Header header_;
};

}  // namespace

Header read_header(std::string_view text, const python::Outline& outline) {
  using python::StatementKind;
  HeaderReader reader(text);
  auto end_of_head = static_cast<std::uint32_t>(text.size());
  for (const python::Statement& statement : outline.statements) {
    if (statement.kind == StatementKind::definition || statement.kind == StatementKind::type) {
      end_of_head = statement.span.begin;
      break;
    }
    if (statement.kind == StatementKind::docstring ||
        (statement.kind == StatementKind::other && begins_with_quote(text, statement.span))) {
      reader.read_string(body_of_string(text, statement.span));
    }
  }
  if (reader.complete()) {
    return reader.take();
  }
  for (const python::Comment& comment : outline.comments) {
    if (comment.span.begin >= end_of_head) {
      break;
    }
    std::uint32_t begin = comment.span.begin;
    while (begin < comment.span.end && (text[begin] == '#' || is_space(text[begin]))) {
      ++begin;
    }
    if (comment.alone && comment.depth == 0) {
      reader.read_line({begin, comment.span.end});
    }
  }
  return reader.take();
}

std::vector<std::string> ids_in_field(std::string_view value) {
  std::vector<std::string> ids;
  std::string id;
  const auto finish = [&] {
    if (!id.empty() && id != "None" && id != "<base>") {
      ids.push_back(id);
    }
    id.clear();
  };
  for (const char byte : value) {
    if (byte == ',' || is_space(byte)) {
      finish();
    } else if (std::string_view("()[]{}'\"").find(byte) == std::string_view::npos) {
      id += byte;
    }
  }
  finish();
  return ids;
}

}  // namespace gauger::history
