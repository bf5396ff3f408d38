// Workflow commands of GitHub Actions, which become annotations in the pull request's diff.
#include <fmt/format.h>

#include "base/counted.hpp"
#include "base/escape.hpp"
#include "base/utf8.hpp"
#include "report/formats.hpp"

namespace gauger::report {
namespace {

// Per step; what is over is dropped in silence (GitHub documentation, "Workflow commands" and the
// runner's own limits).
constexpr std::size_t most_per_severity = 10;
// An annotation of 64 KiB is refused; this is as much as anybody reads.
constexpr std::size_t longest_message = 2000;

std::string escape_data(std::string_view text) {
  std::string result;
  for (const char byte : text) {
    switch (byte) {
      case '%':
        result += "%25";
        break;
      case '\r':
        result += "%0D";
        break;
      case '\n':
        result += "%0A";
        break;
      default:
        result += byte;
    }
  }
  return result;
}

std::string escape_property(std::string_view text) {
  std::string result;
  for (const char byte : escape_data(text)) {
    if (byte == ':') {
      result += "%3A";
    } else if (byte == ',') {
      result += "%2C";
    } else {
      result += byte;
    }
  }
  return result;
}

std::string message_data(std::string_view message, std::string_view help) {
  std::string text = base::escape(message);
  if (!help.empty()) {
    text += fmt::format("\nhelp: {}", base::escape_lines(help));
  }
  return escape_data(base::shorten(text, longest_message));
}

// A path with unsafe characters could name no file that GitHub shows, so it may as well be escaped.
std::string place_properties(std::string_view path, base::Position begin, base::Position end) {
  if (path.empty()) {
    return {};
  }
  std::string result = fmt::format("file={},", escape_property(base::escape(path)));
  if (begin.line == 0) {
    return result;
  }
  result += fmt::format("line={},", begin.line);
  if (end.line >= begin.line) {
    result += fmt::format("endLine={},", end.line);
  }
  // Columns are refused where an annotation has several lines.
  if (begin.column > 0 && (end.line == 0 || end.line == begin.line)) {
    result += fmt::format("col={},", begin.column);
    if (end.column > begin.column) {
      result += fmt::format("endColumn={},", end.column);
    }
  }
  return result;
}

std::string left_out(std::size_t errors, std::size_t warnings) {
  std::string what = errors > 0 ? base::counted(errors, "error") : "";
  if (warnings > 0) {
    what += (what.empty() ? "" : " and ") + base::counted(warnings, "warning");
  }
  return fmt::format(
      "::notice::{} more are not annotated: GitHub shows {} of each in a step; the log has "
      "them all\n",
      what, most_per_severity);
}

}  // namespace

std::string github_annotations(const Report& report) {
  std::string result;
  std::size_t errors = 0;
  std::size_t warnings = 0;
  for (const base::Error& error : report.errors) {
    if (++errors <= most_per_severity) {
      result += fmt::format("::error {}title={}::{}\n",
                            place_properties(attachable_path(error), error.position, {}),
                            escape_property(fmt::format("{}: could not check", report.tool)),
                            message_data(error.message, error.help));
    }
  }
  for (const finding::Finding& finding : report.findings) {
    const bool is_error = finding.severity == finding::Severity::error;
    if (++(is_error ? errors : warnings) <= most_per_severity) {
      result +=
          fmt::format("::{} {}title={}::{}\n", finding::name(finding.severity),
                      place_properties(finding.path, finding.begin, finding.end),
                      escape_property(finding.rule), message_data(finding.message, finding.help));
    }
  }
  if (errors > most_per_severity || warnings > most_per_severity) {
    result += left_out(errors > most_per_severity ? errors - most_per_severity : 0,
                       warnings > most_per_severity ? warnings - most_per_severity : 0);
  }
  return result;
}

std::string github(const Report& report) {
  return github_annotations(report) + result_lines(report);
}

}  // namespace gauger::report
