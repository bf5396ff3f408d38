// Reports to render, kind and hostile.
#pragma once

#include <array>

#include "report/report.hpp"

namespace gauger::tests {

inline constexpr std::array<finding::RuleInfo, 2> rules{{
    {.id = "several-heads",
     .severity = finding::Severity::error,
     .summary = "The history has several heads.",
     .explanation = "Alembic stops with `Multiple head revisions`."},
    {.id = "header-differs",
     .severity = finding::Severity::warning,
     .summary = "A header says something else than the identifiers."},
}};

inline report::Report clean_report() {
  return {.tool = "check-heads",
          .version = "1.2.3",
          .folder = "services/api",
          .rules = {rules.begin(), rules.end()},
          .results = {{.tool = "check-heads",
                       .looked_at = "214 revisions, 1 head",
                       .summary = {{"revisions", 214}}}}};
}

inline finding::Finding sample_finding() {
  return {
      .rule = "several-heads",
      .severity = finding::Severity::error,
      .message = "the history has 2 heads",
      .help = "write `down_revision = \"b2\"`",
      .path = "services/api/versions/a1_users.py",
      .begin = {12, 17},
      .end = {12, 21},
      .source = {"down_revision = \"a0\""},
      .revision = "a1",
      .fixable = true,
      .related = {{.path = "lib/versions/b2.py", .begin = {3, 1}, .message = "the other head"}}};
}

inline report::Report report_of(std::vector<finding::Finding> findings) {
  report::Report report = clean_report();
  for (const auto& finding : findings) {
    ++(finding.severity == finding::Severity::error ? report.results[0].errors
                                                    : report.results[0].warnings);
  }
  report.findings = std::move(findings);
  return report;
}

inline report::Report failed_report() {
  report::Report report = clean_report();
  report.errors = {{.kind = base::ErrorKind::unparsable,
                    .message = "'(' was never closed",
                    .path = "services/api/versions/c3.py",
                    .position = {7, 9},
                    .help = "close it"}};
  report.results[0].failures = 1;
  return report;
}

// Everything that a file of a stranger could say where the report repeats it.
inline const std::string hostile =
    "\x1b[2J\n::set-output name=x::y\r%0A##[error]z | `a` <b> @team #1 \u202e\u0085 \xff $$";

inline report::Report hostile_report() {
  finding::Finding finding = sample_finding();
  finding.message = hostile;
  finding.help = hostile;
  finding.path = "services/api/::error::" + hostile + ".py";
  finding.source = {hostile};
  finding.revision = hostile;
  finding.related[0].message = hostile;
  finding.related[0].path = hostile;
  report::Report report = report_of({finding});
  report.errors = {
      {.kind = base::ErrorKind::unreadable, .message = hostile, .path = hostile, .help = hostile}};
  report.results[0].failures = 1;
  report.results[0].looked_at = hostile;
  return report;
}

}  // namespace gauger::tests
