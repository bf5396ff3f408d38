#include "tools/pr-migration-count/substance.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "python/syntax.hpp"
#include "sql/tokens.hpp"

namespace gauger::tools {
namespace {

using python::Node;
using python::NodeKind;

// A string on its own does nothing, wherever it stands.
bool does_nothing(const Node& statement) {
  return statement.kind == NodeKind::expression_statement &&
         statement.child(0).kind == NodeKind::string;
}

class Comparer {
 public:
  Comparer(std::string_view before, std::string_view after) : before_(before), after_(after) {}

  // Where the second begins to differ from the first.
  [[nodiscard]] std::optional<base::Span> difference(const Node& before, const Node& after) const {
    if (kind_of(before) != kind_of(after) || before.op != after.op || before.text != after.text ||
        is_async(before_, before) != is_async(after_, after)) {
      return after.span;
    }
    if (!is_read_whole(before)) {
      const bool same = base::slice(before_, before.span) == base::slice(after_, after.span);
      return same ? std::nullopt : std::optional(after.span);
    }
    const std::vector<const Node*> old_parts = parts_of(before);
    const std::vector<const Node*> new_parts = parts_of(after);
    const std::size_t both = std::min(old_parts.size(), new_parts.size());
    for (std::size_t i = 0; i < both; ++i) {
      if ((old_parts[i] == nullptr) != (new_parts[i] == nullptr)) {
        return new_parts[i] == nullptr ? after.span : new_parts[i]->span;
      }
      if (new_parts[i] != nullptr) {
        if (const auto found = difference(*old_parts[i], *new_parts[i])) {
          return found;
        }
      }
    }
    if (old_parts.size() == new_parts.size()) {
      return std::nullopt;
    }
    return both < new_parts.size() && new_parts[both] != nullptr ? new_parts[both]->span
                                                                 : after.span;
  }

 private:
  // `x: str = 1` does what `x = 1` does.
  static NodeKind kind_of(const Node& node) {
    return node.kind == NodeKind::annotated && node.optional_child(2) != nullptr ? NodeKind::assign
                                                                                 : node.kind;
  }

  // python::Syntax has nothing of the patterns of a `match`.
  static bool is_read_whole(const Node& node) {
    return node.kind != NodeKind::match && node.kind != NodeKind::other;
  }

  static bool is_async(std::string_view text, const Node& node) {
    switch (node.kind) {
      case NodeKind::function:
      case NodeKind::for_:
      case NodeKind::with:
      case NodeKind::for_clause:
        return base::slice(text, node.span).starts_with("async");
      default:
        return false;
    }
  }

  static std::vector<const Node*> parts_of(const Node& node) {
    std::vector<const Node*> parts(node.children.begin(), node.children.end());
    if (node.kind == NodeKind::annotated) {
      parts.erase(parts.begin() + 1);
    } else if (node.kind == NodeKind::block) {
      std::erase_if(parts, [](const Node* part) { return part != nullptr && does_nothing(*part); });
    }
    return parts;
  }

  std::string_view before_;
  std::string_view after_;
};

// Without the "\r" of line ends.
std::string with_plain_ends(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r') {
      result += '\n';
      i += i + 1 < text.size() && text[i + 1] == '\n' ? 1U : 0U;
    } else {
      result += text[i];
    }
  }
  return result;
}

// The first line that is not the same.
base::Span first_line(std::string_view before, std::string_view after) {
  const base::LineIndex old_lines(before);
  const base::LineIndex new_lines(after);
  const std::uint32_t both = std::min(old_lines.line_count(), new_lines.line_count());
  std::uint32_t line = 1;
  while (line < both && base::slice(before, old_lines.line_span(before, line)) ==
                            base::slice(after, new_lines.line_span(after, line))) {
    ++line;
  }
  return new_lines.line_span(after, line);
}

bool is_same_text(std::string_view before, std::string_view after) {
  return before == after || with_plain_ends(before) == with_plain_ends(after);
}

base::Span whole(std::string_view text) { return {0, static_cast<std::uint32_t>(text.size())}; }

Comparison compare_sql(const std::string& before, const std::string& after) {
  if (is_same_text(before, after)) {
    return {};
  }
  const sql::Tokens old_words(before);
  const sql::Tokens new_words(after);
  if (old_words.failure() || new_words.failure()) {
    return {Edit::substance, first_line(before, after)};
  }
  const std::size_t both = std::min(old_words.size(), new_words.size());
  std::size_t same = 0;
  while (same < both && old_words.text(same) == new_words.text(same)) {
    ++same;
  }
  if (same == old_words.size() && same == new_words.size()) {
    return {Edit::words, first_line(before, after)};
  }
  return {Edit::substance,
          same < new_words.size() ? new_words[same].span : first_line(before, after)};
}

Comparison compare_text(std::string_view before, std::string_view after) {
  return is_same_text(before, after) ? Comparison{}
                                     : Comparison{Edit::substance, first_line(before, after)};
}

}  // namespace

Comparison compare(std::string_view before, std::string_view after) {
  if (is_same_text(before, after)) {
    return {};
  }
  const auto old_syntax = python::parse(before, whole(before));
  const auto new_syntax = python::parse(after, whole(after));
  if (!old_syntax || !new_syntax) {
    return {Edit::substance, first_line(before, after)};
  }
  const auto place = Comparer(before, after).difference(old_syntax->root(), new_syntax->root());
  return place ? Comparison{Edit::substance, *place}
               : Comparison{Edit::words, first_line(before, after)};
}

Comparison compare_files(std::string_view path, const std::string& before,
                         const std::string& after) {
  if (path.ends_with(".py")) {
    return compare(before, after);
  }
  return path.ends_with(".sql") ? compare_sql(before, after) : compare_text(before, after);
}

}  // namespace gauger::tools
