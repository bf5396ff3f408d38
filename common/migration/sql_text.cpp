#include "migration/sql_text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

#include <fmt/format.h>

#include "base/utf8.hpp"
#include "migration/operation.hpp"
#include "migration/terms.hpp"

namespace gauger::migration {
namespace {

// Beyond this nothing is tried in the place of a gap: each try is a parse of the whole text.
constexpr std::size_t max_repaired_size = std::size_t{64} << 10U;
constexpr int max_repairs = 12;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_word(char c) {
  const char lower = static_cast<char>(c | 0x20);
  return is_digit(c) || c == '_' || (lower >= 'a' && lower <= 'z') ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// Each finds the end of what begins at `at`, the end of the text where it is not closed.

std::size_t end_of_quote(std::string_view text, std::size_t at) {
  const char quote = text[at];
  const bool escapes = quote == '\'' && at > 0 && (text[at - 1] == 'e' || text[at - 1] == 'E') &&
                       (at < 2 || !is_word(text[at - 2]));
  for (++at; at < text.size(); ++at) {
    if (escapes && text[at] == '\\') {
      ++at;
    } else if (text[at] == quote) {
      return at + 1;
    }
  }
  return text.size();
}

std::size_t end_of_comment(std::string_view text, std::size_t at) {
  std::size_t depth = 0;
  while (at < text.size()) {
    const std::string_view two = text.substr(at, 2);
    if (two == "/*") {
      ++depth;
      at += 2;
    } else if (two == "*/") {
      at += 2;
      if (--depth == 0) {
        return at;
      }
    } else {
      ++at;
    }
  }
  return text.size();
}

// `at` itself where no dollar quote begins.
std::size_t end_of_dollar_quote(std::string_view text, std::size_t at) {
  if (at > 0 && (is_word(text[at - 1]) || text[at - 1] == '$')) {
    return at;
  }
  std::size_t close = at + 1;
  while (close < text.size() && is_word(text[close]) &&
         !(close == at + 1 && is_digit(text[close]))) {
    ++close;
  }
  if (close >= text.size() || text[close] != '$') {
    return at;
  }
  const std::string_view tag = text.substr(at, close - at + 1);
  const std::size_t end = text.find(tag, close + 1);
  return end == std::string_view::npos ? text.size() : end + tag.size();
}

// The end of the string, quoted identifier, dollar quote or comment that begins at `at`; `at` where
// none does.
std::size_t end_of_quoted(std::string_view text, std::size_t at) {
  switch (text[at]) {
    case '\'':
    case '"':
      return end_of_quote(text, at);
    case '-':
      return text.substr(at, 2) == "--" ? std::min(text.find('\n', at), text.size()) : at;
    case '/':
      return text.substr(at, 2) == "/*" ? end_of_comment(text, at) : at;
    case '$':
      return end_of_dollar_quote(text, at);
    default:
      return at;
  }
}

std::size_t end_of_word(std::string_view text, std::size_t at) {
  while (at < text.size() && is_word(text[at])) {
    ++at;
  }
  return at;
}

char at_or_blank(std::string_view text, std::size_t at) {
  return at < text.size() ? text[at] : ' ';
}

// The end of the parameter that begins at `at`; `at` where none does.
std::size_t end_of_parameter(std::string_view text, std::size_t at) {
  const char before = at == 0 ? ' ' : text[at - 1];
  if (text[at] == ':') {
    const bool begins = before != ':' && !is_word(before) && is_word(at_or_blank(text, at + 1));
    return begins ? end_of_word(text, at + 1) : at;
  }
  if (text[at] != '%') {
    return at;
  }
  if (at_or_blank(text, at + 1) == '(') {
    const std::size_t close = end_of_word(text, at + 2);
    return close > at + 2 && text.substr(close, 2) == ")s" ? close + 2 : at;
  }
  // "a%s" is the remainder of a division.
  const bool operand = is_word(before) || before == ')' || before == ']';
  return !operand && text.substr(at, 2) == "%s" && !is_word(at_or_blank(text, at + 2)) ? at + 2
                                                                                       : at;
}

// A string or comment as it is, but for SQLAlchemy's "\:".
void append_quoted(std::string_view quoted, std::string& out) {
  for (std::size_t at = 0; at < quoted.size(); ++at) {
    if (quoted[at] != '\\' || at_or_blank(quoted, at + 1) != ':') {
      out += quoted[at];
    }
  }
}

std::uint32_t offset_of(std::string_view text, base::Position position) {
  const base::LineIndex lines(text);
  if (position.line == 0 || position.line > lines.line_count()) {
    return 0;
  }
  std::size_t offset = lines.line_span(text, position.line).begin;
  for (std::uint32_t column = 1; column < position.column && offset < text.size(); ++column) {
    offset += base::decode_utf8(text, offset).size;
  }
  return static_cast<std::uint32_t>(offset);
}

// The gap that the grammar stumbled over: it is there, or just before.
std::size_t find_gap(const SqlText& text, std::uint32_t offset) {
  const auto passes = [](char c) { return is_blank(c) || c == ')'; };
  const char* const begin = text.text.data();
  for (std::size_t i = 0; i < text.gaps.size(); ++i) {
    const base::Span gap = text.gaps[i];
    if (gap.contains(offset) ||
        (gap.end <= offset && std::all_of(begin + gap.end, begin + offset, passes))) {
      return i;
    }
  }
  return text.gaps.size();
}

// With `form` for the gap, which is none any more.
SqlText filled(const SqlText& text, std::size_t index, std::string_view form) {
  SqlText result = text;
  const base::Span gap = text.gaps[index];
  result.text.replace(gap.begin, gap.size(), form);
  result.gaps.erase(result.gaps.begin() + static_cast<std::ptrdiff_t>(index));
  for (base::Span& later : result.gaps) {
    if (later.begin > gap.begin) {
      later.begin += static_cast<std::uint32_t>(form.size()) - gap.size();
      later.end += static_cast<std::uint32_t>(form.size()) - gap.size();
    }
  }
  return result;
}

}  // namespace

SqlText read_sql_text(std::string_view written) {
  SqlText result;
  std::string& out = result.text;
  out.reserve(written.size());
  const auto add_gap = [&](std::string_view word) {
    const auto begin = static_cast<std::uint32_t>(out.size());
    out += word;
    result.gaps.push_back({begin, static_cast<std::uint32_t>(out.size())});
  };
  for (std::size_t at = 0; at < written.size();) {
    if (const std::size_t end = end_of_quoted(written, at); end > at) {
      append_quoted(written.substr(at, end - at), out);
      at = end;
    } else if (const std::size_t parameter = end_of_parameter(written, at); parameter > at) {
      add_gap("$1");
      at = parameter;
    } else if (const std::size_t word = end_of_word(written, at); word > at) {
      const std::string_view text = written.substr(at, word - at);
      if (text == hole_name) {
        add_gap(text);
      } else {
        out += text;
      }
      at = word;
    } else {
      const std::string_view two = written.substr(at, 2);
      const bool pair = two == "\\:" || two == "%%" || two == "::";
      out += two == "\\:" ? ":" : two == "::" ? two : two.substr(0, 1);
      at += pair ? 2U : 1U;
    }
  }
  return result;
}

std::string with_parameters(std::string written, const Parameters& given) {
  if (given.empty()) {
    return written;
  }
  std::string out;
  for (std::size_t at = 0; at < written.size();) {
    std::size_t end = end_of_quoted(written, at);
    const std::size_t parameter = end == at ? end_of_parameter(written, at) : at;
    if (parameter > at) {
      end = parameter;
      const std::size_t begin = written[at] == ':' ? at + 1 : at + 2;
      const std::size_t size = end_of_word(written, begin) - begin;
      const auto found = given.find(std::string_view(written).substr(begin, size));
      if (found != given.end() && found->second.size() <= sql::longest_label &&
          found->second.find('\\') == std::string::npos) {
        out += quoted_literal(found->second);
        at = end;
        continue;
      }
    } else if (end == at) {
      const std::string_view two = std::string_view(written).substr(at, 2);
      const bool pair = two == "\\:" || two == "%%" || two == "::";
      end = std::max(end_of_word(written, at), at + (pair ? 2U : 1U));
    }
    out.append(written, at, end - at);
    at = end;
  }
  return out;
}

base::Result<std::vector<sql::Statement>> parse_sql_text(SqlText& text) {
  auto parsed = sql::parse(text.text);
  const std::array<std::string, 7> forms{
      fmt::format("'{}'", hole_name),      fmt::format("{}", hole_number),
      fmt::format("({})", hole_name),      std::string(hole_name),
      fmt::format("{0} {0}", hole_name),    // a column and its type
      fmt::format("{0} = {0}", hole_name),  // what an UPDATE sets
      fmt::format("{}.", hole_name)};       // the schema before a name
  for (int i = 0; i < max_repairs && !parsed && text.text.size() <= max_repaired_size; ++i) {
    const std::uint32_t offset = offset_of(text.text, parsed.error().position);
    const std::size_t gap = find_gap(text, offset);
    const std::size_t left = text.text.size() - offset;
    const bool helped =
        gap < text.gaps.size() &&
        std::any_of(forms.begin(), forms.end(), [&](const std::string& form) {
          SqlText tried = filled(text, gap, form);
          auto result = sql::parse(tried.text);
          // The grammar has to come further than before.
          if (!result &&
              tried.text.size() - offset_of(tried.text, result.error().position) >=
                  std::min<std::size_t>(left, text.text.size() - text.gaps[gap].end + 1)) {
            return false;
          }
          text = std::move(tried);
          parsed = std::move(result);
          return true;
        });
    if (!helped) {
      break;
    }
  }
  return parsed;
}

}  // namespace gauger::migration
