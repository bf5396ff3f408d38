#include "report/excerpt.hpp"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "base/escape.hpp"
#include "base/utf8.hpp"
#include "report/width.hpp"

namespace gauger::report {
namespace {

constexpr std::size_t most_lines = 6;
constexpr int widest_row = 100;
constexpr int context_before = 24;  // shown left of the underlined part of a line that is cut
constexpr int tab_width = 4;

// What one code point looks like on the terminal.
struct Cell {
  std::string text;
  int width = 1;
};

Cell cell_of(std::string_view line, std::size_t offset, const base::CodePoint& point) {
  if (!point.valid) {
    return {fmt::format("\\x{:02x}", static_cast<unsigned>(point.value)), 4};
  }
  if (point.value == U'\t') {
    return {std::string(tab_width, ' '), tab_width};
  }
  // The "#" before "[" of "##[", with which a command to GitHub's runner begins (see base::escape).
  const bool commands = offset > 0 && line.substr(offset - 1, 3) == "##[";
  if (commands || base::is_unsafe(point.value)) {
    std::string text = commands ? "\\x23" : base::visible(point.value);
    const auto width = static_cast<int>(text.size());
    return {std::move(text), width};
  }
  return {std::string(line.substr(offset, point.size)), column_width(point.value)};
}

// Columns count code points from 1; `end` is exclusive.
struct Marked {
  std::uint32_t begin = 1;
  std::uint32_t end = 1;
};

std::uint32_t code_points(std::string_view line) {
  std::uint32_t count = 0;
  for (std::size_t i = 0; i < line.size(); i += base::decode_utf8(line, i).size) {
    ++count;
  }
  return count;
}

std::uint32_t first_visible_column(std::string_view line) {
  const std::size_t blanks = std::min(line.find_first_not_of(" \t\f"), line.size());
  return static_cast<std::uint32_t>(blanks) + 1;
}

Marked marked_part(const finding::Finding& finding, std::size_t index) {
  const std::string& line = finding.source[index];
  const auto number = finding.begin.line + static_cast<std::uint32_t>(index);
  const std::uint32_t after_line = code_points(line) + 1;
  Marked marked{first_visible_column(line), after_line};
  if (index == 0) {
    marked.begin = std::clamp(finding.begin.column, 1U, after_line);
  }
  if (number >= finding.end.line && finding.end.column > 0) {
    marked.end = std::min(finding.end.column, after_line);
  }
  // A place without extent is one character wide; a blank or finished line has no mark of its own.
  if (index == 0 && marked.end <= marked.begin) {
    marked.end = marked.begin + 1;
  }
  return marked;
}

// The first column to show so that the marked part is seen.
std::uint32_t first_shown(std::string_view line, const Marked& marked) {
  int width = 0;
  std::uint32_t column = 1;
  for (std::size_t i = 0; i < line.size() && column < marked.end && width <= widest_row; ++column) {
    const base::CodePoint point = base::decode_utf8(line, i);
    width += cell_of(line, i, point).width;
    i += point.size;
  }
  if (width <= widest_row || marked.begin <= static_cast<std::uint32_t>(context_before)) {
    return 1;
  }
  return marked.begin - static_cast<std::uint32_t>(context_before);
}

// The source row and the underline below it.
struct Drawing {
  std::string source;
  std::string underline;

  void put(const Cell& cell, bool marked) {
    source += cell.text;
    underline.append(static_cast<std::size_t>(cell.width), marked ? '^' : ' ');
  }
};

Drawing draw(std::string_view line, const Marked& marked) {
  const std::uint32_t first = first_shown(line, marked);
  Drawing drawing;
  if (first > 1) {
    drawing.put({"…", 1}, false);
  }
  std::uint32_t column = 1;
  int width = 0;
  std::size_t i = 0;
  for (; i < line.size() && width <= widest_row; ++column) {
    const base::CodePoint point = base::decode_utf8(line, i);
    if (column >= first) {
      const Cell cell = cell_of(line, i, point);
      drawing.put(cell, marked.begin <= column && column < marked.end);
      width += cell.width;
    }
    i += point.size;
  }
  if (i < line.size()) {
    drawing.put({"…", 1}, false);
  } else if (marked.begin >= column && marked.begin < marked.end) {
    drawing.put({"", 1}, true);  // the place is the line's end
  }
  drawing.source.erase(drawing.source.find_last_not_of(' ') + 1);
  drawing.underline.erase(drawing.underline.find_last_not_of(' ') + 1);
  return drawing;
}

}  // namespace

std::vector<Row> excerpt(const finding::Finding& finding) {
  std::vector<Row> rows;
  if (finding.begin.line == 0) {
    return rows;
  }
  const std::size_t shown = std::min(finding.source.size(), most_lines);
  for (std::size_t i = 0; i < shown; ++i) {
    Drawing drawing = draw(finding.source[i], marked_part(finding, i));
    rows.push_back({RowKind::source, finding.begin.line + static_cast<std::uint32_t>(i),
                    std::move(drawing.source)});
    if (!drawing.underline.empty()) {
      rows.push_back({RowKind::underline, 0, std::move(drawing.underline)});
    }
  }
  if (shown > 0 && finding.end.line >= finding.begin.line + shown) {
    rows.push_back({RowKind::ellipsis});
  }
  return rows;
}

}  // namespace gauger::report
