#include "tools/smoke/lint_comparison.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "engine/rule.hpp"
#include "rules/catalog.hpp"

namespace gauger::tools {
namespace {

using effect::Lock;
using effect::WorkKind;
using engine::Claim;
using finding::Finding;

// Of an effect; null: the rule claims none.
const Claim* claim_of(std::string_view rule) {
  const auto all = rules::catalog();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const auto* each) { return each->info.id == rule; });
  const bool claims = found != all.end() && (*found)->claim.kind == engine::ClaimKind::effect;
  return claims ? &(*found)->claim : nullptr;
}

// An upgrade's statement that has run.
struct Ran {
  const std::string* revision = nullptr;
  const MeasuredStatement* statement = nullptr;
};

std::vector<Ran> all_of(const std::vector<Run>& runs) {
  std::vector<Ran> result;
  for (const Run& run : runs) {
    for (const Step& step : run.steps) {
      if (step.direction == alembic::Direction::up) {
        for (const MeasuredStatement& statement : step.statements) {
          result.push_back({&step.revision, &statement});
        }
      }
    }
  }
  return result;
}

bool is_at(const Finding& finding, const Ran& ran) {
  return finding.revision == *ran.revision && finding.path == ran.statement->path &&
         finding.begin.line <= ran.statement->line &&
         ran.statement->line <= std::max(finding.begin.line, finding.end.line);
}

bool has_lock(const std::vector<effect::TableLock>& locks, Lock at_least) {
  return std::any_of(locks.begin(), locks.end(),
                     [&](const effect::TableLock& each) { return each.lock >= at_least; });
}

Verdict judge(const Claim& claim, const MeasuredStatement& statement) {
  if (claim.work.empty()) {
    if (has_lock(statement.effect.locks, claim.lock)) {
      return Verdict::confirmed;
    }
    return statement.strongest_held >= claim.lock ? Verdict::not_measured : Verdict::refuted;
  }
  const bool done = std::any_of(
      statement.effect.work.begin(), statement.effect.work.end(), [&](const effect::Work& work) {
        const auto is_held = [&](const effect::TableLock& lock) {
          return lock.table == work.table && lock.lock >= claim.lock;
        };
        return std::find(claim.work.begin(), claim.work.end(), work.kind) != claim.work.end() &&
               std::any_of(statement.held.begin(), statement.held.end(), is_held);
      });
  return done ? Verdict::confirmed : Verdict::refuted;
}

// Of several statements, the one that says most: a directive may be five.
JudgedFinding judge(const Finding& finding, const Claim& claim, const std::vector<Ran>& ran) {
  JudgedFinding judged{.finding = finding};
  bool some_ran = false;
  bool some_unknown = false;
  for (const Ran& each : ran) {
    if (!is_at(finding, each) || judged.verdict == Verdict::confirmed) {
      continue;
    }
    some_ran = true;
    const Verdict verdict = judge(claim, *each.statement);
    some_unknown = some_unknown || verdict == Verdict::not_measured;
    if (verdict == Verdict::confirmed || judged.measured.empty()) {
      judged.measured = display(each.statement->effect);
    }
    if (verdict == Verdict::confirmed) {
      judged.verdict = verdict;
    }
  }
  if (judged.verdict != Verdict::confirmed && some_ran && !some_unknown) {
    judged.verdict = Verdict::refuted;
  }
  return judged;
}

// Rows that nobody can write meanwhile, for as long as it takes.
bool works_under_lock(const MeasuredStatement& statement) {
  return std::any_of(statement.effect.work.begin(), statement.effect.work.end(),
                     [&](const effect::Work& work) {
                       const auto blocks = [&](const effect::TableLock& lock) {
                         return lock.table == work.table && effect::blocks_writes(lock.lock);
                       };
                       return work.kind != WorkKind::row_change &&
                              std::any_of(statement.held.begin(), statement.held.end(), blocks);
                     });
}

std::string_view name(Verdict verdict) {
  switch (verdict) {
    case Verdict::confirmed:
      return "confirmed";
    case Verdict::refuted:
      return "refuted";
    case Verdict::not_measured:
      return "not measured";
  }
  return {};
}

std::size_t count(const LintComparison& comparison, Verdict verdict) {
  return static_cast<std::size_t>(
      std::count_if(comparison.judged.begin(), comparison.judged.end(),
                    [&](const JudgedFinding& each) { return each.verdict == verdict; }));
}

}  // namespace

LintComparison compare_with_lint(const std::vector<Finding>& findings, const std::vector<Run>& runs,
                                 const std::set<std::string>& not_linted) {
  const std::vector<Ran> ran = all_of(runs);
  std::set<std::string_view> revisions;
  for (const Ran& each : ran) {
    revisions.insert(*each.revision);
  }
  LintComparison comparison;
  std::vector<const Finding*> claimed;
  for (const Finding& finding : findings) {
    const Claim* claim = claim_of(finding.rule);
    if (claim != nullptr && finding.revision && revisions.contains(*finding.revision)) {
      claimed.push_back(&finding);
      comparison.judged.push_back(judge(finding, *claim, ran));
    }
  }
  std::set<std::pair<std::string_view, std::string_view>> listed;  // a statement of two runs
  for (const Ran& each : ran) {
    const bool said = std::any_of(claimed.begin(), claimed.end(),
                                  [&](const Finding* finding) { return is_at(*finding, each); });
    if (said || not_linted.contains(*each.revision) || !works_under_lock(*each.statement) ||
        !listed.emplace(*each.revision, each.statement->text).second) {
      continue;
    }
    comparison.unsaid.push_back({.revision = *each.revision,
                                 .path = each.statement->path,
                                 .line = each.statement->line,
                                 .statement = each.statement->text,
                                 .measured = display(each.statement->effect)});
  }
  return comparison;
}

void make_relative(const project::Project& project, LintComparison& comparison) {
  for (JudgedFinding& each : comparison.judged) {
    each.finding.path = project::relative_to_project(project, each.finding.path);
  }
  for (Unsaid& each : comparison.unsaid) {
    each.path = project::relative_to_project(project, each.path);
  }
}

std::string display(const LintComparison& comparison) {
  if (comparison.judged.empty() && comparison.unsaid.empty()) {
    return {};
  }
  std::string text = fmt::format(
      "what migration-lint says of this: {} confirmed, {} refuted, {} not measured; {} not said",
      count(comparison, Verdict::confirmed), count(comparison, Verdict::refuted),
      count(comparison, Verdict::not_measured), comparison.unsaid.size());
  constexpr std::size_t longest = 10;
  std::size_t lines = 0;
  const auto add = [&](std::string_view what, std::string_view rule, std::string_view path,
                       std::uint32_t line, const std::string& measured) {
    if (++lines <= longest) {
      text += fmt::format("\n  {:<12}  {}{}{}:{}{}{}", what, rule, rule.empty() ? "" : " at ", path,
                          line, measured.empty() ? "" : ": ", measured);
    }
  };
  for (const JudgedFinding& each : comparison.judged) {
    add(name(each.verdict), each.finding.rule, each.finding.path, each.finding.begin.line,
        each.measured);
  }
  for (const Unsaid& each : comparison.unsaid) {
    add("not said", "", each.path, each.line, each.measured);
  }
  return lines > longest ? fmt::format("{}\n  and {} more", text, lines - longest) : text;
}

base::Json describe(const LintComparison& comparison) {
  base::Json findings = base::Json::array();
  for (const JudgedFinding& each : comparison.judged) {
    findings.push_back({{"verdict", name(each.verdict)},
                        {"rule", each.finding.rule},
                        {"revision", *each.finding.revision},
                        {"path", each.finding.path},
                        {"line", each.finding.begin.line},
                        {"measured", each.measured}});
  }
  base::Json unsaid = base::Json::array();
  for (const Unsaid& each : comparison.unsaid) {
    unsaid.push_back({{"revision", each.revision},
                      {"path", each.path},
                      {"line", each.line},
                      {"statement", each.statement},
                      {"measured", each.measured}});
  }
  return {{"findings", std::move(findings)}, {"not_said", std::move(unsaid)}};
}

}  // namespace gauger::tools
