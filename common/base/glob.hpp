// Path patterns, as configuration has them for model files and application code.
#pragma once

#include <string>
#include <string_view>

namespace gauger::base {

// Whether a path ('/' between its parts) matches a pattern:
//   **      as a whole part: any number of parts, also none
//   *       any characters within a part, also a leading dot
//   ?       one character within a part
//   [a-z]   one of the characters; [!a-z] and [^a-z]: none of them; "]" counts when it is first
// Characters are Unicode code points; there is no escape but a class, "[*]". A "[" without its "]"
// is itself. A pattern that ends in "/" matches all that is below it, and so does one without "*"
// and "?" that names a folder; "." is everything. Time is at most the square of the lengths'
// product, whatever the pattern.
[[nodiscard]] bool glob_match(std::string_view pattern, std::string_view path);

// A pattern that matches exactly that text.
[[nodiscard]] std::string glob_escape(std::string_view text);

}  // namespace gauger::base
