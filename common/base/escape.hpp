// Makes untrusted text safe to show. What a migration file, a revision id, a path or a library's
// message says reaches a terminal, a CI log or a JSON file only through here.
#pragma once

#include <string>
#include <string_view>

namespace gauger::base {

// True for what a terminal or a reader must not see as it is: control characters (C0, DEL, C1),
// line and paragraph separators, and characters that reorder or hide text (bidirectional controls,
// zero-width space, word joiner, byte order mark, tags; see Unicode Technical Report 36).
[[nodiscard]] bool is_unsafe(char32_t value);

// The visible spelling of one unsafe code point: `\n`, `\x1b`, `\u202e`, `\U000e0041`.
[[nodiscard]] std::string visible(char32_t value);

// One line of printable UTF-8: unsafe characters and invalid bytes become visible (`\x1b`, `\xff`).
// Nothing that the runner of GitHub Actions takes for a workflow command is left in it either: "::"
// at the beginning becomes `\x3a:`, and "##[" becomes `#\x23[`. A backslash stays as it is.
[[nodiscard]] std::string escape(std::string_view text);

// The same for each line of a text; "\n" stays a line's end.
[[nodiscard]] std::string escape_lines(std::string_view text);

}  // namespace gauger::base
