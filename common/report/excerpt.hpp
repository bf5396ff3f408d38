// Source lines with what is wrong underlined.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "finding/finding.hpp"

namespace gauger::report {

enum class RowKind : std::uint8_t { source, underline, ellipsis };

struct Row {
  RowKind kind = RowKind::source;
  std::uint32_t line = 0;  // of a source row
  std::string text{};      // escaped, tabs as blanks; an underline lies below the row before it
};

// The finding's source lines, each followed by its underline. Lines that do not fit on a terminal
// are cut around the underlined part, and of many lines only the first are shown.
[[nodiscard]] std::vector<Row> excerpt(const finding::Finding& finding);

}  // namespace gauger::report
