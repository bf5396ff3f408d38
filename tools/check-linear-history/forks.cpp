#include <algorithm>
#include <limits>
#include <map>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/counted.hpp"
#include "base/escape.hpp"
#include "history/edits.hpp"
#include "history/order.hpp"
#include "history/problems.hpp"
#include "tools/check-linear-history/findings.hpp"

namespace gauger::tools {
namespace {

using finding::Finding;
using history::Index;
using history::Revision;

constexpr std::size_t most_forks = 1000;  // a history of merges can have millions
constexpr Index many = std::numeric_limits<Index>::max();

// Where the lines of descent that begin at a revision lead.
struct Lines {
  std::vector<Index> tips;   // the end of the unforked line above each revision
  std::vector<Index> heads;  // the one head above each revision, or `many`
};

Lines lines_of(const history::History& history) {
  Lines lines;
  lines.tips.resize(history.size());
  lines.heads.resize(history.size());
  for (Index i = 0; i < history.size(); ++i) {
    lines.tips[i] = i;
    lines.heads[i] = i;
  }
  std::vector<Index> order = history::topological_order(history);
  std::reverse(order.begin(), order.end());
  for (const Index index : order) {
    const auto children = history.children(index);
    if (children.empty()) {
      continue;
    }
    const Index first = children.front();
    if (children.size() == 1 && history.parents(first).size() == 1) {
      lines.tips[index] = lines.tips[first];
    }
    const bool one = std::all_of(children.begin(), children.end(), [&](Index child) {
      return lines.heads[child] == lines.heads[first];
    });
    lines.heads[index] = one ? lines.heads[first] : many;
  }
  return lines;
}

class ForkReport {
 public:
  explicit ForkReport(const LinearInput& input)
      : input_(input),
        history_(input.history),
        settings_(input.project.settings.history),
        lines_(lines_of(history_)),
        branches_(history::branches_of(history_, settings_.branches)) {}

  [[nodiscard]] std::vector<Finding> run() {
    for (const Index point : history_.branch_points()) {
      const auto children = history_.children(point);
      judge_children(history_[point].id, {children.begin(), children.end()});
    }
    // Parents in another package have no Index, but may have several children here.
    std::map<std::string, std::vector<Index>> external;
    for (const history::Missing& missing : history_.missing()) {
      if (missing.external && missing.from == history::Missing::From::down_revision &&
          !history_.shadowed(missing.revision)) {
        external[missing.name].push_back(missing.revision);
      }
    }
    for (const auto& [id, children] : external) {
      judge_children(id, children);
    }
    judge_bases();
    if (!settings_.allow_merges) {
      for (const Index merge : history_.merge_points()) {
        if (!input_.settled[merge]) {
          add_merge(merge);
        }
      }
    }
    add_broken();
    if (forks_ > most_forks) {
      findings_.push_back({.rule = "branch-point",
                           .message = fmt::format("{} more places like these are not listed",
                                                  forks_ - most_forks)});
    }
    return std::move(findings_);
  }

 private:
  // By the branch they belong to; in each those before the baseline first, then by the Create Date
  // of what their lines lead to, as check-heads has it.
  [[nodiscard]] std::map<std::uint32_t, std::vector<Index>> by_branch(
      const std::vector<Index>& revisions) const {
    std::map<Index, Index> by_tip;
    std::vector<Index> tips;
    for (const Index index : revisions) {
      tips.push_back(lines_.tips[index]);
      by_tip[lines_.tips[index]] = index;
    }
    std::map<std::uint32_t, std::vector<Index>> groups;
    for (const Index tip : history::by_create_date(history_, std::move(tips))) {
      groups[branches_[by_tip[tip]]].push_back(by_tip[tip]);
    }
    for (auto& [branch, group] : groups) {
      std::stable_partition(group.begin(), group.end(),
                            [&](Index index) { return keeps_its_place(index); });
    }
    return groups;
  }

  [[nodiscard]] bool keeps_its_place(Index index) const {
    return input_.settled[index] || (input_.own != nullptr && !(*input_.own)[index]);
  }

  // True where merge revisions are welcome and one of them joins the two lines again.
  [[nodiscard]] bool joined_again(Index left, Index right) const {
    return settings_.allow_merges && lines_.heads[left] != many &&
           lines_.heads[left] == lines_.heads[right];
  }

  void judge_children(const std::string& parent, const std::vector<Index>& children) {
    for (const auto& [branch, group] : by_branch(children)) {
      for (std::size_t i = 1; i < group.size(); ++i) {
        if (!input_.settled[group[i]] && !joined_again(group[i - 1], group[i])) {
          add_fork("branch-point", group[i - 1], group[i],
                   fmt::format("'{}' is a branch point: both '{}' and '{}' follow it", parent,
                               history_[group[i - 1]].id, history_[group[i]].id));
        }
      }
    }
  }

  void judge_bases() {
    for (const auto& [branch, group] : by_branch(history_.bases())) {
      for (std::size_t i = 1; i < group.size(); ++i) {
        if (!input_.settled[group[i]] && !joined_again(group[i - 1], group[i])) {
          add_fork("several-bases", group[i - 1], group[i],
                   fmt::format("the history begins with '{}' and again with '{}'",
                               history_[group[i - 1]].id, history_[group[i]].id));
        }
      }
    }
  }

  [[nodiscard]] base::Span parent_place(Index index) const {
    const Revision& revision = history_[index];
    return revision.down_revision_binding.value.empty() ? revision.revision_binding.statement
                                                        : revision.down_revision_binding.value;
  }

  void add_fork(std::string_view rule, Index first, Index second, std::string message) {
    if (forks_++ >= most_forks) {
      return;
    }
    Finding finding = finding_at(input_, rule, second, parent_place(second), std::move(message),
                                 stacking_help({lines_.tips[first], lines_.tips[second]}));
    relate(input_, finding, first, parent_place(first),
           fmt::format("'{}' is the other", history_[first].id));
    findings_.push_back(std::move(finding));
  }

  void add_merge(Index merge) {
    const Revision& revision = history_[merge];
    const auto parents = history_.parents(merge);
    std::string help = "put one branch on top of the other instead";
    if (parents.size() > 1) {
      std::vector<Index> branches =
          history::by_create_date(history_, {parents.begin(), parents.end()});
      help = stacking_help(branches);
      help += fmt::format(
          "\nthen this revision is needed only for what it does itself: delete it, or write "
          "down_revision = {}",
          history::identifier_literal({history_[branches.back()].id}));
    }
    findings_.push_back(
        finding_at(input_, "merge-revision", merge, parent_place(merge),
                   fmt::format("'{}' is a merge revision: its parents are '{}'", revision.id,
                               fmt::join(revision.down_revisions, "', '")),
                   std::move(help)));
  }

  // The edits that make one line of several.
  [[nodiscard]] std::string stacking_help(const std::vector<Index>& tips) {
    constexpr int most_planned = 20;  // a plan takes a walk through the whole history
    std::string general = "one of them has to come after the other";
    if (planned_++ >= most_planned) {
      return general;
    }
    std::string edits;
    for (const history::Stacking& stacking : history::stack_heads(history_, tips)) {
      if (stacking.roots.size() != 1 || stacking.head == stacking.onto) {
        return general;
      }
      if (input_.own != nullptr && !(*input_.own)[stacking.roots.front()]) {
        return "the base has both: mend it there first, and then merge or rebase";
      }
      edits += fmt::format("\nin {} write down_revision = {}",
                           base::escape(project::relative_to_project(
                               input_.project, history_[stacking.roots.front()].path)),
                           history::identifier_literal({history_[stacking.onto].id}));
    }
    return general + "; if no shared database has run the later one yet:" + edits;
  }

  void add_broken() {
    const std::vector<history::Problem> problems = history::problems(history_);
    if (!problems.empty()) {
      findings_.push_back({.rule = "broken-history",
                           .message = fmt::format("the history is no chain: {} in its identifiers",
                                                  base::counted(problems.size(), "problem")),
                           .help = "run check-heads, which names each"});
    }
  }

  const LinearInput& input_;
  const history::History& history_;
  const project::HistorySettings& settings_;
  Lines lines_;
  std::vector<std::uint32_t> branches_;
  int planned_ = 0;
  std::size_t forks_ = 0;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> find_forks(const LinearInput& input) { return ForkReport(input).run(); }

Finding finding_at(const LinearInput& input, std::string_view rule, Index revision, base::Span span,
                   std::string message, std::string help) {
  const Revision& source = input.history[revision];
  Finding finding{.rule = std::string(rule),
                  .message = std::move(message),
                  .help = std::move(help),
                  .path = source.path,
                  .revision = source.id};
  const auto rules = check_linear_history_rules();
  finding.severity = std::find_if(rules.begin(), rules.end(), [&](const auto& info) {
                       return info.id == rule;
                     })->severity;
  if (span.end > 0) {
    history::Excerpt excerpt = history::excerpt(input.sources.text(source.path), span);
    finding.begin = excerpt.begin;
    finding.end = excerpt.end;
    finding.source = std::move(excerpt.lines);
  }
  return finding;
}

void relate(const LinearInput& input, Finding& finding, Index revision, base::Span span,
            std::string message) {
  const Revision& source = input.history[revision];
  base::Position begin;
  if (span.end > 0) {
    begin = base::position_of(input.sources.text(source.path), span.begin);
  }
  finding.related.push_back({source.path, begin, std::move(message)});
}

}  // namespace gauger::tools
