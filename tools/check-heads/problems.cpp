#include "history/problems.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/counted.hpp"
#include "base/escape.hpp"
#include "history/edits.hpp"
#include "tools/check-heads/findings.hpp"

namespace gauger::tools {
namespace {

using finding::Finding;
using history::Binding;
using history::Index;
using history::Problem;
using history::ProblemKind;
using history::Revision;

constexpr std::size_t most_shown = 10;  // of the steps of a cycle, or the candidates for an id

// Where `name` stands in the value of a binding; else the value, else the statement.
base::Span place_in(std::string_view text, const Binding& binding, std::string_view name) {
  if (binding.value.empty()) {
    return binding.statement;
  }
  if (binding.value.end <= text.size() && !name.empty()) {
    const std::string_view value = base::slice(text, binding.value);
    for (const char quote : {'"', '\''}) {
      const std::size_t at = value.find(fmt::format("{0}{1}{0}", quote, name));
      if (at != std::string_view::npos) {
        const auto begin = binding.value.begin + static_cast<std::uint32_t>(at);
        return {begin, begin + static_cast<std::uint32_t>(name.size()) + 2};
      }
    }
  }
  return binding.value;
}

class ProblemReport {
 public:
  explicit ProblemReport(const HeadsInput& input)
      : history_(input.history), sources_(input.sources), unread_(input.unread) {}

  [[nodiscard]] std::vector<Finding> run() {
    for (const Problem& problem : history::problems(history_)) {
      add(problem);
    }
    return std::move(findings_);
  }

 private:
  void add(const Problem& problem) {
    switch (problem.kind) {
      case ProblemKind::unknown_parent:
        return add_unknown(problem, "unknown-parent", "down_revision",
                           history_[problem.revision].down_revision_binding);
      case ProblemKind::unknown_dependency:
        return add_unknown(problem, "unknown-dependency", "depends_on",
                           history_[problem.revision].depends_on_binding);
      case ProblemKind::duplicate_id:
        return add_duplicate(problem);
      case ProblemKind::duplicate_label:
        return add_label(problem);
      case ProblemKind::cycle:
      case ProblemKind::dependency_cycle:
        return add_cycle(problem);
      case ProblemKind::self_parent:
        return add_self(problem, "down_revision", history_[problem.revision].down_revision_binding,
                        "write the id of the revision before it, or None if it is the first");
      case ProblemKind::self_dependency:
        return add_self(problem, "depends_on", history_[problem.revision].depends_on_binding,
                        "write depends_on = None");
      case ProblemKind::empty_dependency:
        return add_empty_dependency(problem);
      case ProblemKind::illegal_id:
        return add_illegal_id(problem);
    }
  }

  // A finding about a revision, in its file.
  Finding& begin(std::string_view rule, Index index, const Binding& binding, std::string_view name,
                 std::string message, std::string help) {
    const Revision& revision = history_[index];
    Finding finding{.rule = std::string(rule),
                    .message = std::move(message),
                    .help = std::move(help),
                    .revision = revision.id};
    locate(finding, sources_, revision.path, place_in(sources_.text(revision.path), binding, name));
    return findings_.emplace_back(std::move(finding));
  }

  void relate(Finding& finding, Index index, const Binding& binding, std::string message) {
    const Revision& revision = history_[index];
    Finding place;
    locate(place, sources_, revision.path,
           binding.value.empty() ? binding.statement : binding.value);
    finding.related.push_back({revision.path, place.begin, std::move(message)});
  }

  void add_unknown(const Problem& problem, std::string_view rule, std::string_view identifier,
                   const Binding& binding) {
    const std::vector<std::string> completions =
        problem.name.empty() ? std::vector<std::string>{}
                             : history_.completions(problem.name, most_shown + 1);
    if (completions.size() > 1) {
      std::string candidates;
      for (std::size_t i = 0; i < std::min(completions.size(), most_shown); ++i) {
        candidates += fmt::format(" '{}'", base::escape(completions[i]));
      }
      begin("ambiguous-revision", problem.revision, binding, problem.name,
            fmt::format("`{}` names '{}', which is the beginning of several ids", identifier,
                        problem.name),
            fmt::format("Alembic completes no ids in files; write the whole id:{}{}", candidates,
                        completions.size() > most_shown ? " …" : ""));
      return;
    }
    begin(
        rule, problem.revision, binding, problem.name,
        fmt::format("`{}` names '{}', which no revision has as its id{}", identifier, problem.name,
                    problem.kind == ProblemKind::unknown_dependency ? " or label" : ""),
        help_for_unknown(problem, identifier, completions));
  }

  [[nodiscard]] std::string help_for_unknown(const Problem& problem, std::string_view identifier,
                                             const std::vector<std::string>& completions) {
    const auto write = [&](const std::string& id) {
      return fmt::format("write {} = {}", identifier, history::identifier_literal({id}));
    };
    std::string help;
    if (problem.name.empty()) {
      help = fmt::format("write {} = None", identifier);
    } else if (const auto labelled = history_.find_label(problem.name)) {
      help = fmt::format("'{}' is a branch label, and `down_revision` takes ids: {}",
                         base::escape(problem.name), write(history_[*labelled].id));
    } else if (completions.size() == 1) {
      help = fmt::format("Alembic completes no ids in files: {}", write(completions.front()));
    } else if (const auto meant = nearest(problem.name)) {
      help = fmt::format("the nearest is '{}': {}", base::escape(*meant), write(*meant));
    } else {
      help =
          "add the file of that revision (if another branch has it: merge or rebase on that), or "
          "name one that exists; a revision of another installed package is listed in [history] "
          "external";
    }
    if (unread_ > 0) {
      help += fmt::format("\n{} could not be read, and may be the one that is missing",
                          base::counted(unread_, "revision file"));
    }
    return help;
  }

  // Looking through all ids is worth it for the first few.
  [[nodiscard]] std::optional<std::string> nearest(const std::string& name) {
    constexpr int most_searched = 50;
    return searched_++ < most_searched ? history_.nearest(name) : std::nullopt;
  }

  void add_duplicate(const Problem& problem) {
    const Revision& in_force = history_[problem.revision];
    for (const Index index : problem.related) {
      if (index == problem.revision) {
        continue;
      }
      Finding& finding = begin(
          "duplicate-revision", index, history_[index].revision_binding, problem.name,
          fmt::format(
              "'{}' is the id of {}: Alembic keeps the one it loads last, and forgets this one",
              problem.name, base::counted(problem.related.size(), "file")),
          "give one of them an id of its own, and name it in the `down_revision` of what follows "
          "it");
      relate(finding, problem.revision, in_force.revision_binding, "the file that Alembic keeps");
    }
  }

  void add_label(const Problem& problem) {
    const Index owner = problem.related.front();
    const bool is_id = history_[owner].id == problem.name;
    Finding& finding = begin(
        "duplicate-branch-label", problem.revision,
        history_[problem.revision].branch_labels_binding, problem.name,
        is_id ? fmt::format("the branch label '{}' is also the id of a revision", problem.name)
        : owner == problem.revision
            ? fmt::format("the branch label '{}' is written twice", problem.name)
            : fmt::format("the branch label '{}' belongs to '{}' already", problem.name,
                          history_[owner].id),
        is_id || owner == problem.revision
            ? "write another label"
            : "write another label, or none: a revision has the labels of those below it");
    if (owner != problem.revision) {
      relate(finding, owner,
             is_id ? history_[owner].revision_binding : history_[owner].branch_labels_binding,
             is_id ? "the id" : "the label");
    }
  }

  void add_cycle(const Problem& problem) {
    const std::vector<Index>& way = problem.related;
    const std::size_t shown = std::min(way.size(), most_shown);
    std::vector<std::string> names;
    for (std::size_t i = 0; i < shown; ++i) {
      names.push_back(fmt::format("'{}'", history_[way[i]].id));
    }
    if (shown < way.size()) {
      names.push_back(fmt::format("… ({} in all)", way.size()));
    }
    names.push_back(names.front());
    const Binding& binding = step(way, 0).second;
    Finding& finding = begin(
        "revision-cycle", way.front(), binding, {},
        way.size() == 1
            ? fmt::format("'{}' depends on itself through its own branch label", problem.name)
            : fmt::format("revisions are ancestors of each other: {}", fmt::join(names, " → ")),
        "one of these must name another revision, or None, so that the chain ends at a base");
    for (std::size_t i = 0; i < shown && way.size() > 1; ++i) {
      const Index next = way[(i + 1) % way.size()];
      const auto [verb, where] = step(way, i);
      relate(finding, way[i], where,
             fmt::format("'{}' {} '{}'", history_[way[i]].id, verb, history_[next].id));
    }
  }

  // How the i-th revision of a cycle leads to the next, and where that is written.
  [[nodiscard]] std::pair<std::string_view, Binding> step(const std::vector<Index>& way,
                                                          std::size_t i) const {
    const Revision& revision = history_[way[i]];
    const auto parents = history_.parents(way[i]);
    const Index next = way[(i + 1) % way.size()];
    if (std::find(parents.begin(), parents.end(), next) != parents.end()) {
      return {"has the down revision", revision.down_revision_binding};
    }
    return {"depends on", revision.depends_on_binding};
  }

  void add_self(const Problem& problem, std::string_view identifier, const Binding& binding,
                std::string help) {
    begin("self-parent", problem.revision, binding, problem.name,
          fmt::format("the revision '{}' names itself as its `{}`", problem.name, identifier),
          std::move(help));
  }

  void add_empty_dependency(const Problem& problem) {
    begin("revision-cycle", problem.revision, history_[problem.revision].depends_on_binding, {},
          fmt::format("Alembic takes the empty `depends_on` of the base '{}' for a cycle",
                      problem.name),
          "write depends_on = None");
  }

  void add_illegal_id(const Problem& problem) {
    std::string characters;
    for (const char byte : std::string_view("@-+:")) {
      if (problem.name.find(byte) != std::string::npos) {
        characters += fmt::format("{}'{}'", characters.empty() ? "" : " and ", byte);
      }
    }
    begin("illegal-revision-id", problem.revision, history_[problem.revision].revision_binding,
          problem.name,
          fmt::format("Alembic refuses the id '{}' because of {}", problem.name, characters),
          "write an id of letters, digits and underscores, here and where it is named");
  }

  const history::History& history_;
  history::Sources& sources_;
  std::size_t unread_;
  int searched_ = 0;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> find_problems(const HeadsInput& input) { return ProblemReport(input).run(); }

void locate(Finding& finding, history::Sources& sources, const std::string& path, base::Span span) {
  finding.path = path;
  if (!span.empty()) {
    history::Excerpt excerpt = history::excerpt(sources.text(path), span);
    finding.begin = excerpt.begin;
    finding.end = excerpt.end;
    finding.source = std::move(excerpt.lines);
  }
}

}  // namespace gauger::tools
