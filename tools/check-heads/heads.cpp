#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/counted.hpp"
#include "base/escape.hpp"
#include "history/edits.hpp"
#include "history/graph.hpp"
#include "history/order.hpp"
#include "tools/check-heads/findings.hpp"

namespace gauger::tools {
namespace {

using finding::Finding;
using history::Index;
using history::Revision;
using history::Stacking;

// "'1a2b', "add users", created 2024-05-01 10:00:00 UTC"
std::string described(const Revision& revision) {
  std::string text = fmt::format("'{}'", revision.id);
  if (!revision.header.message.empty()) {
    text += fmt::format(" \"{}\"", revision.header.message);
  }
  if (revision.header.created) {
    text += fmt::format(", created {}", history::format_utc(revision.header.created->utc));
  }
  return text;
}

class HeadReport {
 public:
  explicit HeadReport(const HeadsInput& input)
      : input_(input),
        history_(input.history),
        branches_(input.project.settings.history.branches),
        labels_(history::labels_of_heads(history_)) {}

  [[nodiscard]] std::vector<Finding> run() {
    const std::vector<std::uint32_t> branches = history::branches_of(history_, branches_);
    const history::RevisionSet adrift = find_adrift();
    std::map<std::uint32_t, std::vector<Index>> heads;
    for (const Index head : history_.heads()) {
      if (!adrift[head]) {
        heads[branches[head]].push_back(head);
      }
    }
    for (auto& [branch, of_branch] : heads) {
      if (of_branch.size() > 1) {
        add(branch, in_order(std::move(of_branch)));
      }
    }
    return std::move(findings_);
  }

 private:
  // What stands on a parent that does not exist: whether it has a head of its own shows only when
  // that is mended, which is a finding already.
  [[nodiscard]] history::RevisionSet find_adrift() const {
    std::vector<Index> roots;
    for (const history::Missing& missing : history_.missing()) {
      if (missing.from == history::Missing::From::down_revision && !missing.external) {
        roots.push_back(missing.revision);
      }
    }
    for (Index i = 0; i < history_.size(); ++i) {
      const auto& names = history_[i].down_revisions;
      if (std::find(names.begin(), names.end(), history_[i].id) != names.end()) {
        roots.push_back(i);
      }
    }
    return history::descendants(history_, roots, history::Follow::down_revisions);
  }

  // The first keeps its place: the base's, where there is one, else the oldest.
  [[nodiscard]] std::vector<Index> in_order(std::vector<Index> heads) const {
    heads = history::by_create_date(history_, std::move(heads));
    if (input_.own != nullptr) {
      std::stable_partition(heads.begin(), heads.end(),
                            [&](Index head) { return !(*input_.own)[head]; });
    }
    return heads;
  }

  void add(std::uint32_t branch, const std::vector<Index>& heads) {
    const std::string where =
        branch == history::no_branch
            ? (branches_.empty() ? "the history"
                                 : "the history outside the branches of [history] branches")
            : fmt::format("the branch '{}'", branches_[branch]);
    for (const Stacking& stacking : history::stack_heads(history_, heads)) {
      add(where, heads.size(), stacking);
    }
  }

  void add(const std::string& where, std::size_t count, const Stacking& stacking) {
    const Revision& head = history_[stacking.head];
    const Revision& onto = history_[stacking.onto];
    const std::string descent =
        stacking.fork ? fmt::format("'{}' and '{}' both descend from '{}'", onto.id, head.id,
                                    history_[*stacking.fork].id)
                      : fmt::format("'{}' and '{}' have no common ancestor", onto.id, head.id);
    Finding finding{.rule = "several-heads",
                    .message = fmt::format("{} has {} heads: {}", where, count, descent),
                    .help = help(stacking),
                    .revision = head.id};
    const Index place = stacking.roots.empty() ? stacking.head : stacking.roots.front();
    const Revision& root = history_[place];
    locate(finding, input_.sources, root.path,
           root.down_revision_binding.value.empty() ? root.revision_binding.value
                                                    : root.down_revision_binding.value);
    relate(finding, stacking.onto, "the head " + described(onto));
    relate(finding, stacking.head, "the head " + described(head));
    if (stacking.fork) {
      relate(finding, *stacking.fork, "where they part: " + described(history_[*stacking.fork]));
    }
    findings_.push_back(std::move(finding));
  }

  // The edits that put the head on top of the other.
  [[nodiscard]] std::string help(const Stacking& stacking) const {
    const std::string& onto = history_[stacking.onto].id;
    std::string text;
    const bool moves_applied =
        input_.own != nullptr && std::any_of(stacking.roots.begin(), stacking.roots.end(),
                                             [&](Index root) { return !(*input_.own)[root]; });
    if (moves_applied) {
      return "the base has these heads itself: mend it there first, and then merge or rebase";
    }
    if (stacking.roots.empty()) {
      text = fmt::format("`depends_on` ties the branches together: '{}' cannot go on top of '{}'",
                         base::escape(history_[stacking.head].id), base::escape(onto));
    } else {
      text = fmt::format("to put '{}' on top of '{}', and if no shared database has run it yet:",
                         base::escape(history_[stacking.head].id), base::escape(onto));
    }
    constexpr std::size_t most_shown = 5;
    for (std::size_t i = 0; i < std::min(stacking.roots.size(), most_shown); ++i) {
      const Revision& root = history_[stacking.roots[i]];
      text += fmt::format("\nin {} write down_revision = {}",
                          base::escape(project::relative_to_project(input_.project, root.path)),
                          history::identifier_literal({onto}));
      text += root.header.revises ? ", and the same after `Revises:`" : "";
    }
    if (branches_.empty() && !labels_.empty()) {
      text += fmt::format(
          "\nif the branches are to stay apart, write into gauger.toml:\n[history]\n"
          "branches = {}",
          base::escape(fmt::format("{}", labels_)));
    }
    if (input_.project.settings.history.allow_merges) {
      text += "\nor join them: alembic merge heads";
    }
    if (input_.unread > 0) {
      text += fmt::format("\n{} could not be read: there may be fewer heads",
                          base::counted(input_.unread, "revision file"));
    }
    return text;
  }

  void relate(Finding& finding, Index index, std::string message) {
    const Revision& revision = history_[index];
    Finding place;
    locate(place, input_.sources, revision.path, revision.revision_binding.value);
    finding.related.push_back({revision.path, place.begin, std::move(message)});
  }

  const HeadsInput& input_;
  const history::History& history_;
  const std::vector<std::string>& branches_;
  const std::vector<std::string> labels_;  // of the heads, where each has one of its own
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> find_extra_heads(const HeadsInput& input) { return HeadReport(input).run(); }

}  // namespace gauger::tools
