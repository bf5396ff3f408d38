// The header of a revision: what its docstring, or the comments at its top, say about it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.hpp"
#include "history/create_date.hpp"
#include "python/outline.hpp"

namespace gauger::history {

// A line such as "Revises: 1a2b3c". The span is that of the value, without blanks around it; it
// is empty, but has its place, where nothing follows the colon.
struct HeaderField {
  base::Span span{};
  std::string value{};
};

struct Header {
  std::string message;  // first line of the docstring that says something; may be empty
  std::optional<HeaderField> revision_id;
  std::optional<HeaderField> revises;
  std::optional<base::Span> create_date;  // the value's place
  std::optional<CreateDate> created;      // nothing when absent or unreadable
};

// The fields are looked for in the docstring, then in comments and loose strings above the first
// definition; the first of each name counts.
[[nodiscard]] Header read_header(std::string_view text, const python::Outline& outline);

// The ids that "Revises:" names: "a, b" gives two; "", "None" and "<base>" none.
[[nodiscard]] std::vector<std::string> ids_in_field(std::string_view value);

}  // namespace gauger::history
