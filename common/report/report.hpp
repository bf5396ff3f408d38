// The report of one run, as plain data, and its formats: one .cpp file each.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "base/result.hpp"
#include "finding/finding.hpp"

namespace gauger::report {

// What a tool measured, for people; unescaped.
struct Table {
  std::vector<std::string> header{};
  std::vector<std::vector<std::string>> rows{};  // as many cells as the header
};

// How far one tool got, and what it counted. A report has one of these; that of `gauger check` one
// for each tool.
struct ToolResult {
  std::string tool;
  std::string looked_at{};  // "214 revisions, 1 head"; unescaped
  bool configured = true;
  std::size_t errors = 0;    // findings of that severity
  std::size_t warnings = 0;  // findings of that severity
  std::size_t failures = 0;  // how many things could not be checked
  // The check could not begin at all: why. `looked_at` is then empty.
  std::optional<std::string> stopped_by{};
  base::Json summary = base::Json::object();  // what the tool measured, beside the counts
  std::optional<Table> table{};               // of markdown only
};

struct Report {
  std::string tool;
  std::string version;
  // The project's folder in the repository, "" at its root; nothing when no project was found.
  std::optional<std::string> folder{};
  std::vector<finding::RuleInfo> rules{};
  std::vector<finding::Finding> findings{};  // in finding::report_order
  std::vector<base::Error> errors{};         // what could not be checked
  std::vector<ToolResult> results{};
};

enum class Format : std::uint8_t { text, concise, json, sarif, github, markdown };

[[nodiscard]] std::span<const std::string> format_names();
[[nodiscard]] std::optional<Format> format_of(std::string_view name);

enum class Color : std::uint8_t { never, always };

// The text of the report in UTF-8, ending with "\n". Nothing in it is able to command a terminal or
// GitHub's runner, whatever the findings say. Paths are relative to the project in text and
// concise, to the repository in sarif, github and markdown, and both in json.
//
// Errors are part of json, sarif, github and markdown; of text and concise they are not, since
// there they belong on stderr (see `render_error`), but the result line counts them.
[[nodiscard]] std::string render(const Report& report, Format format, Color color);

// The workflow commands alone, for a log that already has the report as text. At most 10 errors and
// 10 warnings, which is what GitHub keeps of one step, and a notice about the rest.
[[nodiscard]] std::string github_annotations(const Report& report);

// The Markdown within `limit` bytes; says what it had to leave out.
[[nodiscard]] std::string markdown(const Report& report, std::size_t limit);

// GITHUB_STEP_SUMMARY: a larger file is not shown at all.
inline constexpr std::size_t step_summary_limit = std::size_t{1} << 20U;

// "check-heads: clean (214 revisions, 1 head)", escaped, without line end. `git diff` must be able
// to compare two runs, so there is no time in it.
[[nodiscard]] std::string result_line(const ToolResult& result);

// "error: path:line:column: message" and its "  help: " lines, for stderr; ends with "\n".
[[nodiscard]] std::string render_error(const base::Error& error, std::string_view project_folder);

}  // namespace gauger::report
