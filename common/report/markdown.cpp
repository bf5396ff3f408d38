// GitHub-flavoured Markdown for a job summary or a comment.
#include <utility>

#include <fmt/format.h>

#include "base/escape.hpp"
#include "base/utf8.hpp"
#include "report/formats.hpp"

namespace gauger::report {
namespace {

// One cell; a table of cells that need scrolling helps nobody.
constexpr std::size_t longest_cell = 1000;

// Splits "@name", "#12", "www." and "https://" so that nobody is mentioned, no issue is linked and
// no address becomes a link. GitHub does that to the finished page, so escaping alone is no help.
constexpr std::string_view breaker = "&#8203;";

bool is_letter(char byte) { return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z'); }

bool is_name_byte(char byte) { return is_letter(byte) || (byte >= '0' && byte <= '9'); }

std::string escape_markdown(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char byte = text[i];
    const char next = i + 1 < text.size() ? text[i + 1] : '\0';
    switch (byte) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '$':
        result += "<span>$</span>";  // GitHub documentation, "Writing mathematical expressions"
        break;
      case '@':
      case '#':
        result += byte;
        result += is_name_byte(next) ? breaker : "";
        break;
      case ':':
        result += byte;
        // An address, or an emoji's short name.
        result += next == '/' || is_letter(next) ? breaker : "";
        break;
      case '.':
        result += byte;
        result += i >= 3 && text.substr(i - 3, 3) == "www" ? breaker : "";
        break;
      case '\\':
      case '`':
      case '*':
      case '_':
      case '[':
      case ']':
      case '|':
      case '~':
      case '!':
        result += '\\';
        result += byte;
        break;
      default:
        result += byte;
    }
  }
  return result;
}

std::string cell(std::string_view text) {
  return escape_markdown(base::escape(base::shorten(text, longest_cell)));
}

std::string cell_lines(std::string_view text) {
  std::string result;
  const std::string whole = base::escape_lines(base::shorten(text, longest_cell));
  std::string_view rest = whole;
  while (true) {
    const std::size_t end = rest.find('\n');
    result += escape_markdown(rest.substr(0, end));
    if (end == std::string_view::npos) {
      return result;
    }
    result += "<br>";
    rest.remove_prefix(end + 1);
  }
}

std::string row(std::string_view mark, std::string_view where, std::string_view rule,
                std::string_view message, std::string_view help) {
  return fmt::format("| {} | {} | {} | {}{}{} |\n", mark, escape_markdown(where),
                     escape_markdown(rule), cell(message), help.empty() ? "" : "<br>",
                     help.empty() ? "" : cell_lines(help));
}

std::string row(const base::Error& error) {
  return row("could not check", place(error.path, error.position), name(error.kind), error.message,
             error.help);
}

std::string row(const finding::Finding& finding) {
  return row(finding::name(finding.severity), place(finding.path, finding.begin), finding.rule,
             finding.message, finding.help);
}

std::string table_row(const std::vector<std::string>& cells) {
  std::string text = "|";
  for (const std::string& each : cells) {
    text += fmt::format(" {} |", cell(each));
  }
  return text + "\n";
}

// Rows below a header, as long as there is room.
class Rows {
 public:
  Rows(std::string header, std::size_t room) : room_(room), text_(std::move(header)) {}

  void add(const std::string& row) {
    if (left_out_ > 0 || text_.size() + row.size() > room_) {
      ++left_out_;
    } else {
      text_ += row;
    }
  }
  [[nodiscard]] std::string text() const { return text_; }
  [[nodiscard]] std::size_t left_out() const { return left_out_; }

 private:
  std::size_t room_;
  std::string text_;
  std::size_t left_out_ = 0;
};

// Adds the rows to the text, and says how many had no room.
void append(std::string& text, const Rows& rows, std::size_t count) {
  if (rows.left_out() < count) {
    text += rows.text();
  }
  if (rows.left_out() > 0) {
    text += fmt::format("\n{} of {} were left out, since a job summary has a limit of {} KiB.\n",
                        rows.left_out(), count, step_summary_limit >> 10U);
  }
}

// For the lines about what was left out: of the findings, and of a table.
constexpr std::size_t one_line = 200;
constexpr std::size_t both_lines = 2 * one_line;

std::size_t room_after(const std::string& text, std::size_t reserve, std::size_t limit) {
  const std::size_t used = text.size() + reserve;
  return limit > used ? limit - used : 0;
}

void append_findings(std::string& text, const Report& report, std::size_t limit) {
  Rows rows("\n| | Where | Rule | What |\n|---|---|---|---|\n",
            room_after(text, both_lines, limit));
  for (const base::Error& error : report.errors) {
    rows.add(row(error));
  }
  for (const finding::Finding& finding : report.findings) {
    rows.add(row(finding));
  }
  append(text, rows, report.errors.size() + report.findings.size());
}

void append_table(std::string& text, const Table& table, std::size_t limit) {
  std::string header = "\n" + table_row(table.header) + "|";
  for (std::size_t i = 0; i < table.header.size(); ++i) {
    header += "---|";
  }
  Rows rows(header + "\n", room_after(text, one_line, limit));
  for (const std::vector<std::string>& cells : table.rows) {
    rows.add(table_row(cells));
  }
  append(text, rows, table.rows.size());
}

}  // namespace

std::string markdown(const Report& report, std::size_t limit) {
  std::string result = fmt::format("### {}\n\n", escape_markdown(report.tool));
  for (const ToolResult& tool : report.results) {
    result += fmt::format("- {}\n", cell(result_line(tool)));
  }
  if (!report.findings.empty() || !report.errors.empty()) {
    append_findings(result, report, limit);
  }
  for (const ToolResult& tool : report.results) {
    if (tool.table) {
      append_table(result, *tool.table, limit);
    }
  }
  return result + "\n";
}

}  // namespace gauger::report
