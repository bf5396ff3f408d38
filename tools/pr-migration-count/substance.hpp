// Whether two versions of a file do the same.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/text.hpp"

namespace gauger::tools {

enum class Edit : std::uint8_t {
  none,      // the same text, but perhaps for its line ends
  words,     // only comments, docstrings, annotations and layout differ
  substance  // anything else
};

struct Comparison {
  Edit edit = Edit::none;
  base::Span span{};  // in the text after: where they begin to differ
};

// Of Python files. Decided on the syntax of both; where one of them cannot be parsed, any
// difference is one of substance.
[[nodiscard]] Comparison compare(std::string_view before, std::string_view after);
// Of what a file's name says that it is: Python, SQL, by its words, or a text of which nothing more
// is known.
[[nodiscard]] Comparison compare_files(std::string_view path, const std::string& before,
                                       const std::string& after);

}  // namespace gauger::tools
