// Changes to texts: as values, as a diff to show, and written to disk whole or not at all.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/text.hpp"

namespace gauger::base {

// Replaces what `span` covers; an empty span inserts.
struct Edit {
  Span span{};
  std::string replacement{};

  friend bool operator==(const Edit&, const Edit&) = default;
};

// The text after the edits, which may come in any order but must not overlap.
[[nodiscard]] std::string apply(std::string_view text, std::vector<Edit> edits);

// What the edits change, as a unified diff with one line of context and the path on both sides.
// Nothing is escaped. Empty when nothing changes.
[[nodiscard]] std::string unified_diff(std::string_view path, std::string_view text,
                                       std::vector<Edit> edits);

// Replaces the content of the file at `path` below `root` (absolute), whole or not at all: a
// reader, and a machine that loses power, sees either the old content or the new. The file's mode
// stays, a symbolic link stays a link to the changed file, and a new file is made where there was
// none.
//
// Error (unreadable): the file is not regular, is not writable, lies outside `root` once links are
// followed, or the system says no; the content is then what it was.
[[nodiscard]] Result<void> write_file(const std::string& root, const std::string& path,
                                      std::string_view content);

// The same for content that `make` hands on piece by piece, so that it need not be in memory whole.
using PutPiece = std::function<void(std::string_view piece)>;
[[nodiscard]] Result<void> write_file(const std::string& root, const std::string& path,
                                      const std::function<void(const PutPiece& put)>& make);

}  // namespace gauger::base
