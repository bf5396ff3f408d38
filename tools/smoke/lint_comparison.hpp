// What migration-lint says of the migrations that ran, held to what the server did.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "finding/finding.hpp"
#include "project/project.hpp"
#include "tools/smoke/run.hpp"

namespace gauger::tools {

enum class Verdict : std::uint8_t {
  confirmed,     // the server did what the rule warns of
  refuted,       // its statements ran, and the server did not
  not_measured,  // none of its statements ran, or an earlier one had taken the lock already
};

struct JudgedFinding {
  finding::Finding finding{};
  Verdict verdict = Verdict::not_measured;
  std::string measured{};  // what the server did there; empty: nothing of note
};

// Work under a lock that blocks writes, at a line that migration-lint has nothing to say of.
struct Unsaid {
  std::string revision{};
  std::string path{};
  std::uint32_t line = 0;
  std::string statement{};
  std::string measured{};
};

struct LintComparison {
  std::vector<JudgedFinding> judged{};  // of rules that are about locks or work
  std::vector<Unsaid> unsaid{};
};

// `not_linted`: the revisions that migration-lint does not look at.
[[nodiscard]] LintComparison compare_with_lint(const std::vector<finding::Finding>& findings,
                                               const std::vector<Run>& runs,
                                               const std::set<std::string>& not_linted);

// The paths as people read them: relative to the project's folder.
void make_relative(const project::Project& project, LintComparison& comparison);

// For a terminal: a line for each, the first of them where there are many. Empty: nothing to say.
[[nodiscard]] std::string display(const LintComparison& comparison);

[[nodiscard]] base::Json describe(const LintComparison& comparison);

}  // namespace gauger::tools
