// Where a report goes, and in what dress.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "cli/options.hpp"
#include "report/report.hpp"

namespace gauger::cli {

using Environment = std::map<std::string, std::string>;

// Of this process.
[[nodiscard]] Environment process_environment();

// A name that is not set and one that is empty are told as "".
[[nodiscard]] std::string value_of(const Environment& environment, const std::string& name);

// What is written where, decided before anything is.
struct Plan {
  report::Format format = report::Format::text;
  report::Color color = report::Color::never;
  std::optional<std::string> file{};          // --output; nothing: stdout
  bool annotations = false;                   // after the text, on stdout
  std::optional<std::string> step_summary{};  // GITHUB_STEP_SUMMARY
};

enum class Terminal : std::uint8_t { no, yes };

[[nodiscard]] Plan plan_output(const Options& options, const Environment& environment,
                               Terminal stdout_is);

// A failure to write to stdout, where nobody would be told of it otherwise, is an Error too.
[[nodiscard]] base::Result<void> write_stdout(std::string_view text);
void write_stderr(std::string_view text);

// Writes to `file` (seen from the current folder; "-" is stdout), whole or not at all where it is a
// regular file or new, or to stdout.
[[nodiscard]] base::Result<void> write_output(const std::optional<std::string>& file,
                                              const std::string& current_folder,
                                              std::string_view text);

// Appends the Markdown as far as GitHub's limit leaves room, for the whole step shares one file.
[[nodiscard]] base::Result<void> append_step_summary(const std::string& file,
                                                     const report::Report& report);

// Lets a closed pipe be seen as a failed write, and keeps files that are opened later from becoming
// stdout or stderr where those are closed. Once, before anything else.
void prepare_streams();

[[nodiscard]] Terminal stdout_terminal();

}  // namespace gauger::cli
