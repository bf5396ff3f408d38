// For people: each finding with its source lines, and the result line at the end.
#include <algorithm>

#include <fmt/format.h>

#include "base/escape.hpp"
#include "report/excerpt.hpp"
#include "report/formats.hpp"

namespace gauger::report {
namespace {

// Wraps text in the terminal's codes, or leaves it alone.
class Paint {
 public:
  explicit Paint(Color color) : on_(color == Color::always) {}

  [[nodiscard]] std::string severity(finding::Severity severity, std::string_view text) const {
    return wrap(severity == finding::Severity::error ? "1;31" : "1;33", text);
  }
  [[nodiscard]] std::string strong(std::string_view text) const { return wrap("1", text); }
  [[nodiscard]] std::string frame(std::string_view text) const { return wrap("1;34", text); }
  [[nodiscard]] std::string help(std::string_view text) const { return wrap("1;36", text); }

 private:
  [[nodiscard]] std::string wrap(std::string_view code, std::string_view text) const {
    return on_ ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
  }

  bool on_;
};

std::string source_rows(const finding::Finding& finding, std::size_t gutter, const Paint& paint) {
  const std::vector<Row> rows = excerpt(finding);
  if (rows.empty()) {
    return {};
  }
  const std::string blank = paint.frame(fmt::format("{:{}} |", "", gutter));
  std::string result = blank + '\n';
  for (const Row& row : rows) {
    switch (row.kind) {
      case RowKind::source:
        result += paint.frame(fmt::format("{:>{}} |", row.line, gutter));
        result += row.text.empty() ? "" : " " + row.text;
        break;
      case RowKind::underline: {
        const std::size_t indent = row.text.find('^');
        result += fmt::format("{} {:{}}{}", blank, "", indent,
                              paint.severity(finding.severity, row.text.substr(indent)));
        break;
      }
      case RowKind::ellipsis:
        result += paint.frame("...");
        break;
    }
    result += '\n';
  }
  return result + blank + '\n';
}

std::string help_lines(const finding::Finding& finding, const Paint& paint) {
  if (finding.help.empty()) {
    return {};
  }
  std::string result = paint.help("help:") + ' ';
  std::string_view rest = finding.help;
  while (true) {
    const std::size_t end = rest.find('\n');
    result += base::escape(rest.substr(0, end)) + '\n';
    if (end == std::string_view::npos) {
      return result;
    }
    rest.remove_prefix(end + 1);
    result += "      ";
  }
}

std::string finding_text(const finding::Finding& finding, std::string_view folder,
                         const Paint& paint) {
  std::string result = fmt::format(
      "{}: {}\n",
      paint.severity(finding.severity,
                     fmt::format("{}[{}]", finding::name(finding.severity), finding.rule)),
      paint.strong(base::escape(finding.message)));
  const auto last_line =
      finding.begin.line +
      static_cast<std::uint32_t>(std::max<std::size_t>(finding.source.size(), 1)) - 1;
  const std::size_t gutter = fmt::formatted_size("{}", last_line);
  if (!finding.path.empty()) {
    result += fmt::format("{:{}}{} {}\n", "", gutter, paint.frame("-->"),
                          place(relative_path(folder, finding.path), finding.begin));
  }
  result += source_rows(finding, gutter, paint);
  for (const finding::Finding::Related& related : finding.related) {
    result += fmt::format("{} {}: {}\n", paint.strong("note:"),
                          place(relative_path(folder, related.path), related.begin),
                          base::escape(related.message));
  }
  return result + help_lines(finding, paint);
}

}  // namespace

std::string text(const Report& report, Color color) {
  const Paint paint(color);
  const std::string folder = report.folder.value_or("");
  std::string result;
  for (const finding::Finding& finding : report.findings) {
    result += finding_text(finding, folder, paint) + '\n';
  }
  for (const ToolResult& tool : report.results) {
    result += paint.strong(result_line(tool)) + '\n';
  }
  return result;
}

}  // namespace gauger::report
