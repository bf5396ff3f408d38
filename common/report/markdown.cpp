// GitHub-flavoured Markdown for a job summary or a comment.
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

// Adds rows as long as there is room.
class Table {
 public:
  explicit Table(std::size_t room) : room_(room) {}

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
  std::string text_ = "\n| | Where | Rule | What |\n|---|---|---|---|\n";
  std::size_t left_out_ = 0;
};

}  // namespace

std::string markdown(const Report& report, std::size_t limit) {
  std::string result = fmt::format("### {}\n\n", escape_markdown(report.tool));
  for (const ToolResult& tool : report.results) {
    result += fmt::format("- {}\n", cell(result_line(tool)));
  }
  if (report.findings.empty() && report.errors.empty()) {
    return result + "\n";
  }
  constexpr std::size_t reserve = 200;  // for the line about what was left out
  const std::size_t used = result.size() + reserve;
  Table table(limit > used ? limit - used : 0);
  for (const base::Error& error : report.errors) {
    table.add(row(error));
  }
  for (const finding::Finding& finding : report.findings) {
    table.add(row(finding));
  }
  const std::size_t rows = report.errors.size() + report.findings.size();
  if (table.left_out() < rows) {
    result += table.text();
  }
  if (table.left_out() > 0) {
    result += fmt::format("\n{} of {} were left out, since a job summary has a limit of {} KiB.\n",
                          table.left_out(), rows, step_summary_limit >> 10U);
  }
  return result + "\n";
}

}  // namespace gauger::report
