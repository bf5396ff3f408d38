// The walk that every check shares: read the flags, find the project, run the check, write the
// report, choose the exit status. With run_command.hpp the only place that catches, prints and
// exits.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_tree.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "cli/flag.hpp"
#include "finding/finding.hpp"
#include "project/project.hpp"
#include "report/report.hpp"

namespace gauger::cli {

// What a tool's walk is given.
struct Context {
  const project::Project& project;
  const base::FileTree& tree;
  // Environment of the process, as project::Request had it.
  const std::map<std::string, std::string>& environment;
  std::string current_folder;  // absolute
  // Progress and notes to stderr: a line with the tool's name before it, or, where the text has
  // several lines, such as an edit that is shown, just these. Silent under --quiet, `detail` also
  // without --verbose. Escapes what it prints.
  std::function<void(std::string_view)> note;
  std::function<void(std::string_view)> detail;
};

// What a tool's walk gives back. Findings in any order; run_tool sorts them.
struct Outcome {
  std::vector<finding::Finding> findings{};
  std::vector<base::Error> errors{};  // what could not be checked: exit 2
  std::string looked_at{};  // "214 revisions, 1 head"; shown in the result line of every run
  bool configured =
      true;  // false: there was nothing to look at; `looked_at` says what to configure
  base::Json summary = base::Json::object();  // what was measured; the counts of findings are added
  std::optional<report::Table> table{};       // of what was measured, for a job summary
  // Text that a flag asked for instead of a report (`--graph`): printed as it is, escaped by the
  // tool, and the report is not written.
  std::optional<std::string> text{};
};

struct Tool {
  std::string_view name;     // "check-heads"
  std::string_view summary;  // the question it answers, for --help
  std::span<const finding::RuleInfo> rules;
  std::vector<Flag> flags{};
  std::function<base::Result<Outcome>(const Context&)> run;
};

// Exit status: 0 clean, 1 at least one error (--strict: or warning), 2 the check could not be made.
[[nodiscard]] int run_tool(int argc, const char* const* argv, const Tool& tool);

// Several tools on one project, with one report. Their own flags are not read.
struct Suite {
  std::string_view name;
  std::string_view summary;
  std::vector<Tool> tools;
};

[[nodiscard]] int run_suite(int argc, const char* const* argv, const Suite& suite);

}  // namespace gauger::cli
