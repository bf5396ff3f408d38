#include "history/edits.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/escape.hpp"
#include "base/utf8.hpp"

namespace gauger::history {
namespace {

void append_literal(std::string& result, std::string_view id, char quote) {
  result += quote;
  for (std::size_t at = 0; at < id.size();) {
    const base::CodePoint point = base::decode_utf8(id, at);
    if (id[at] == quote || id[at] == '\\') {
      result += '\\';
      result += id[at];
    } else if (!point.valid || base::is_unsafe(point.value)) {
      result += base::visible(point.value);
    } else {
      result += id.substr(at, point.size);
    }
    at += point.size;
  }
  result += quote;
}

// Ids that can stand in a docstring as they are.
bool plain(const std::vector<std::string>& ids) {
  return std::all_of(ids.begin(), ids.end(), [](const std::string& id) {
    return std::all_of(id.begin(), id.end(), [](char byte) {
      return byte > ' ' && byte < '\x7f' && byte != '"' && byte != '\'' && byte != '\\';
    });
  });
}

char quote_of(std::string_view value) {
  const std::size_t at = value.find_first_of("'\"");
  return at == std::string_view::npos ? '"' : value[at];
}

}  // namespace

std::string identifier_literal(const std::vector<std::string>& ids, char quote) {
  if (ids.empty()) {
    return "None";
  }
  std::string result;
  if (ids.size() == 1) {
    append_literal(result, ids.front(), quote);
    return result;
  }
  result = "(";
  for (const std::string& id : ids) {
    result += result.size() > 1 ? ", " : "";
    append_literal(result, id, quote);
  }
  return result + ')';
}

std::optional<std::vector<base::Edit>> reparent(const Revision& revision, std::string_view text,
                                                const std::vector<std::string>& parents) {
  const base::Span value = revision.down_revision_binding.value;
  if (value.empty() || value.end > text.size()) {
    return std::nullopt;
  }
  std::vector<base::Edit> edits;
  edits.push_back({value, identifier_literal(parents, quote_of(base::slice(text, value)))});
  if (revision.header.revises && plain(parents)) {
    const base::Span place = revision.header.revises->span;
    std::string ids = fmt::format("{}", fmt::join(parents, ", "));
    if (place.begin > 0 && text[place.begin - 1] == ':' && !ids.empty()) {
      ids.insert(ids.begin(), ' ');
    }
    edits.push_back({place, std::move(ids)});
  }
  return edits;
}

std::optional<base::Edit> move_create_date(const Revision& revision, Instant instant) {
  if (!revision.header.created) {
    return std::nullopt;
  }
  const auto raised = one_second_after(*revision.header.created, instant);
  if (!raised) {
    return std::nullopt;
  }
  return base::Edit{revision.header.created->clock, raised->clock};
}

}  // namespace gauger::history
