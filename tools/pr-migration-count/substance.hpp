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
// Of files of SQL, by their words.
[[nodiscard]] Comparison compare_sql(const std::string& before, const std::string& after);
// Of texts of which nothing more is known.
[[nodiscard]] Comparison compare_text(std::string_view before, std::string_view after);

}  // namespace gauger::tools
