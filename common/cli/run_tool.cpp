#include "cli/run_tool.hpp"

#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>

#include "cli/rules_text.hpp"
#include "cli/session.hpp"
#include "cli/version.hpp"
#include "project/paths.hpp"
#include "report/report.hpp"

namespace gauger::cli {
namespace {

using finding::Severity;

std::vector<finding::RuleInfo> rules_of(const std::vector<Tool>& tools) {
  std::vector<finding::RuleInfo> rules;
  for (const Tool& tool : tools) {
    rules.insert(rules.end(), tool.rules.begin(), tool.rules.end());
  }
  return rules;
}

// --list-rules and --explain, where they were asked for: the exit status.
std::optional<int> answer_about_rules(const Options& options, std::string_view name,
                                      const std::vector<finding::RuleInfo>& rules) {
  const RulesFormat format = options.format == "json" ? RulesFormat::json : RulesFormat::text;
  if (options.list_rules) {
    return print(list_rules(rules, format));
  }
  if (options.explain) {
    const auto text = explain_rule(rules, *options.explain, format);
    return text ? print(*text) : refuse(name, text.error());
  }
  return std::nullopt;
}

// By place; two tools may have stumbled over the same file.
void put_in_order(std::vector<base::Error>& errors) {
  const auto key = [](const base::Error& error) {
    return std::tie(error.path, error.position, error.kind, error.message);
  };
  std::stable_sort(errors.begin(), errors.end(),
                   [&](const base::Error& a, const base::Error& b) { return key(a) < key(b); });
  const auto same = [&](const base::Error& a, const base::Error& b) { return key(a) == key(b); };
  errors.erase(std::unique(errors.begin(), errors.end(), same), errors.end());
}

void add_outcome(report::Report& report, std::string_view tool, Outcome outcome) {
  report::ToolResult result{.tool = std::string(tool),
                            .looked_at = std::move(outcome.looked_at),
                            .configured = outcome.configured,
                            .failures = outcome.errors.size(),
                            .summary = std::move(outcome.summary),
                            .table = std::move(outcome.table)};
  for (finding::Finding& finding : outcome.findings) {
    ++(finding.severity == Severity::error ? result.errors : result.warnings);
    report.findings.push_back(std::move(finding));
  }
  for (base::Error& error : outcome.errors) {
    report.errors.push_back(std::move(error));
  }
  report.results.push_back(std::move(result));
}

void add_failure(report::Report& report, std::string_view tool, const base::Error& error) {
  report.results.push_back({.tool = std::string(tool), .failures = 1, .stopped_by = error.message});
  report.errors.push_back(error);
}

int status_of(const report::Report& report, const Options& options) {
  if (!report.errors.empty()) {
    return exit_not_checked;
  }
  const bool fails = std::any_of(report.findings.begin(), report.findings.end(),
                                 [&](const finding::Finding& finding) {
                                   return finding.severity == Severity::error || options.strict;
                                 });
  return fails ? exit_findings : exit_clean;
}

// What the tools gave: a report, or the text that a flag asked for.
struct Checked {
  report::Report report;
  std::optional<std::string> text{};
};

// In the repository, as of a project that was found: paths of a report attach to nothing else.
void place_in_repository(base::Error& error, const project::Request& request,
                         report::Report& report) {
  const std::string current =
      base::canonical_path(request.current_folder).value_or(request.current_folder);
  const auto root = project::find_repository(current);
  const auto folder = root ? project::path_below(*root, current) : std::nullopt;
  const auto path =
      root ? project::path_below(*root, project::absolute_path(current, error.path)) : std::nullopt;
  if (folder && path && !error.path.empty()) {
    report.folder = *folder;
    error.path = path->empty() ? "." : *path;
  }
}

// A file of the project that was read by its absolute path, such as .env.
void place_in_tree(base::Error& error, const std::string& root) {
  if (const auto path = project::path_below(root, error.path); path && !path->empty()) {
    error.path = *path;
  }
}

Checked check(const Suite& suite, const Options& options, const project::Request& request) {
  Checked checked{.report = {.tool = std::string(suite.name),
                             .version = std::string(version),
                             .rules = rules_of(suite.tools)}};
  report::Report& report = checked.report;
  auto project = project::load(request);
  if (!project) {
    place_in_repository(project.error(), request, report);
    for (const Tool& tool : suite.tools) {
      add_failure(report, tool.name, project.error());
    }
    put_in_order(report.errors);
    return checked;
  }
  report.folder = project->folder;
  const base::WorkingTree tree(project->repository_root);
  std::set<std::string, std::less<>> said;  // what one tool has told, the others need not
  for (const Tool& tool : suite.tools) {
    const auto note = [&said, print = notes(tool.name, options)](std::string_view text) {
      if (said.emplace(text).second) {
        print(text);
      }
    };
    const Context context{*project,
                          tree,
                          request.environment,
                          request.current_folder,
                          note,
                          details(tool.name, options)};
    auto outcome = tool.run(context);
    if (!outcome) {
      place_in_tree(outcome.error(), project->repository_root);
      add_failure(report, tool.name, outcome.error());
      continue;
    }
    for (base::Error& error : outcome->errors) {
      place_in_tree(error, project->repository_root);
    }
    checked.text = std::move(outcome->text);
    add_outcome(report, tool.name, std::move(*outcome));
  }
  put_in_order(report.errors);
  std::stable_sort(report.findings.begin(), report.findings.end(), finding::report_order);
  return checked;
}

// The exit status, which a report that could not be written changes.
int write(const Checked& checked, const Options& options, const project::Request& request) {
  const report::Report& report = checked.report;
  const Plan plan = plan_output(options, request.environment, stdout_terminal());
  for (const base::Error& error : report.errors) {
    write_stderr(report::render_error(error, report.folder.value_or("")));
  }
  const std::string text =
      checked.text ? *checked.text : report::render(report, plan.format, plan.color);
  if (const auto written = write_output(plan.file, request.current_folder, text); !written) {
    write_stderr(report::render_error(written.error(), {}));
    return exit_not_checked;
  }
  if (checked.text) {
    return status_of(report, options);
  }
  if (plan.file && !options.quiet) {
    for (const report::ToolResult& result : report.results) {
      write_stderr(report::result_line(result) + "\n");
    }
  }
  if (plan.annotations && print(report::github_annotations(report)) != exit_clean) {
    return exit_not_checked;
  }
  if (plan.step_summary) {
    // The check itself was made and shown: a summary that cannot be written does not fail it.
    if (const auto added = append_step_summary(*plan.step_summary, report); !added) {
      notes(report.tool, options)(added.error().message);
    }
  }
  return status_of(report, options);
}

int run(int argc, const char* const* argv, const Suite& suite, const std::vector<Flag>& flags) {
  Options options;
  const Usage usage{suite.name, suite.summary, flags, common_flags(options, CommonFlags::check)};
  if (const auto parsed = parse(argc, argv, usage); !parsed) {
    return refuse(suite.name, parsed.error());
  }
  if (const auto answered = answer(options, usage)) {
    return *answered;
  }
  if (const auto answered = answer_about_rules(options, suite.name, rules_of(suite.tools))) {
    return *answered;
  }
  const auto request = request_of(options, process_environment());
  if (!request) {
    return refuse(suite.name, request.error());
  }
  return write(check(suite, options, *request), options, *request);
}

}  // namespace

int run_tool(int argc, const char* const* argv, const Tool& tool) {
  return guarded(tool.name, [&] {
    return run(argc, argv, {tool.name, tool.summary, {tool}}, tool.flags);
  });
}

int run_suite(int argc, const char* const* argv, const Suite& suite) {
  return guarded(suite.name, [&] { return run(argc, argv, suite, {}); });
}

}  // namespace gauger::cli
