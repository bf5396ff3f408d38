// The text of a revision file, read again for the few places that a report shows.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/encoding.hpp"
#include "base/file_tree.hpp"
#include "base/result.hpp"
#include "base/text.hpp"

namespace gauger::history {

// A file as Python decodes it; all spans of a Revision refer to its text.
[[nodiscard]] base::Result<base::SourceText> read_source(const base::FileTree& tree,
                                                         const std::string& path);

struct Excerpt {
  base::Position begin{};
  base::Position end{};
  std::vector<std::string> lines;  // the source lines from begin to end, at most `longest_excerpt`
};

constexpr std::uint32_t longest_excerpt = 5;

// The texts of files that a report has to show, each read once.
class Sources {
 public:
  // `tree` must outlive it.
  explicit Sources(const base::FileTree& tree) : tree_(tree) {}

  // Empty where the file can no longer be read.
  [[nodiscard]] const std::string& text(const std::string& path);

 private:
  const base::FileTree& tree_;
  std::map<std::string, std::string> texts_;
};

// Where a span lies and the lines around it. A span beyond the text's end, as when the file has
// changed since it was read, is cut.
[[nodiscard]] Excerpt excerpt(std::string_view text, base::Span span);

}  // namespace gauger::history
