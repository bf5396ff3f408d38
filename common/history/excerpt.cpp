#include "history/excerpt.hpp"

#include <algorithm>
#include <utility>
namespace gauger::history {

base::Result<base::SourceText> read_source(const base::FileTree& tree, const std::string& path) {
  auto bytes = tree.read(path);
  if (!bytes) {
    return base::failure(std::move(bytes.error()));
  }
  return base::decode_source(std::move(*bytes), path);
}

const std::string& Sources::text(const std::string& path) {
  const auto [at, added] = texts_.try_emplace(path);
  if (added) {
    if (auto source = read_source(tree_, path)) {
      at->second = std::move(source->text);
    }
  }
  return at->second;
}

Excerpt excerpt(std::string_view text, base::Span span) {
  const auto size = static_cast<std::uint32_t>(text.size());
  const base::LineIndex index(text);
  Excerpt result;
  result.begin = index.position(text, std::min(span.begin, size));
  result.end = index.position(text, std::min(span.end, size));
  const std::uint32_t last = std::min(result.end.line, result.begin.line + longest_excerpt - 1);
  for (std::uint32_t line = result.begin.line; line <= last; ++line) {
    result.lines.emplace_back(base::slice(text, index.line_span(text, line)));
  }
  return result;
}

}  // namespace gauger::history
