#include "tools/check-heads/check_heads.hpp"

#include <algorithm>
#include <functional>
#include <future>
#include <iterator>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/counted.hpp"
#include "base/escape.hpp"
#include "branch/merged_history.hpp"
#include "cli/base_option.hpp"
#include "git/commits.hpp"
#include "history/draw.hpp"
#include "history/read.hpp"
#include "tools/check-heads/findings.hpp"

namespace gauger::tools {
namespace {

using history::History;
using history::Index;

// How far `--around` sees.
constexpr std::size_t steps_around = 5;

base::Json ids(const History& history, const std::vector<Index>& indices) {
  base::Json result = base::Json::array();
  for (const Index index : indices) {
    result.push_back(history[index].id);
  }
  return result;
}

base::Json summary_of(const History& history) {
  base::Json summary = base::Json::object();
  summary["revisions"] = history.size();
  summary["heads"] = ids(history, history.heads());
  summary["bases"] = ids(history, history.bases());
  summary["branch_points"] = ids(history, history.branch_points());
  summary["merge_points"] = ids(history, history.merge_points());
  return summary;
}

base::Result<std::string> draw(const History& history, const CheckHeadsOptions& options) {
  history::RevisionSet shown(history.size(), true);
  if (options.around) {
    const bool only_head = *options.around == "head" && history.heads().size() == 1;
    if (*options.around == "head" && history.heads().size() > 1) {
      return base::failure(
          {.kind = base::ErrorKind::usage,
           .message = fmt::format("--around head: there are {} heads", history.heads().size()),
           .help = fmt::format(
               "name one of them: {}",
               fmt::join(ids(history, history.heads()).get<std::vector<std::string>>(), ", "))});
    }
    const auto centre =
        only_head ? base::Result<Index>(history.heads().front()) : history.resolve(*options.around);
    if (!centre) {
      return base::failure(centre.error());
    }
    shown = history::neighbourhood(history, *centre, steps_around);
  }
  return options.graph == "mermaid" ? history::draw_mermaid(history, shown)
                                    : history::draw_text(history, shown);
}

finding::Finding no_revisions(const project::AlembicSettings& alembic, std::string_view note) {
  return {.rule = "no-revisions",
          .message =
              fmt::format("there is no revision in {}", fmt::join(alembic.version_locations, ", ")),
          .help = note.empty()
                      ? "`alembic revision -m \"…\"` makes the first one; if there are revisions, "
                        "compare script_location and version_locations with where they lie"
                      : base::escape(note)};
}

std::vector<finding::Finding> find_all(const HeadsInput& input) {
  std::vector<finding::Finding> findings = find_problems(input);
  std::vector<finding::Finding> heads = find_extra_heads(input);
  findings.insert(findings.end(), std::make_move_iterator(heads.begin()),
                  std::make_move_iterator(heads.end()));
  return findings;
}

base::Result<branch::PreparedMerge> prepare_merge(const cli::Context& context,
                                                  const std::string& name) {
  const auto base = cli::find_base(context, {.name = name, .source = "--base"});
  if (!base) {
    return base::failure(base.error());
  }
  return branch::prepare_merge(context.project, context.tree, base->repository, base->point);
}

using Key = std::tuple<std::string, std::string, std::optional<std::string>>;

Key key_of(const finding::Finding& finding) {
  return {finding.rule, finding.path, finding.revision};
}

std::set<Key> keys_of(const std::vector<finding::Finding>& findings) {
  std::set<Key> keys;
  std::transform(findings.begin(), findings.end(), std::inserter(keys, keys.end()), key_of);
  return keys;
}

// In the order of the history on disk.
history::RevisionSet own_on_disk(const History& history, const branch::MergedHistory& merged) {
  history::RevisionSet own(history.size(), true);
  for (Index i = 0; i < history.size(); ++i) {
    const auto there = merged.history.find(history[i].id);
    own[i] = !there || merged.own[*there];
  }
  return own;
}

// What is missing on disk may be on the base, and comes with the merge.
void leave_to_merge(const cli::Context& context, const std::set<Key>& left, std::string_view name,
                    cli::Outcome& outcome) {
  const auto comes = [&](const finding::Finding& each) {
    return each.rule.starts_with("unknown-") && !left.contains(key_of(each));
  };
  for (const finding::Finding& each : outcome.findings) {
    if (comes(each)) {
      context.note(
          fmt::format("{} stands on a revision that '{}' has and this branch has not: "
                      "merge or rebase before Alembic can load the history here",
                      each.revision ? fmt::format("'{}'", *each.revision) : each.path, name));
    }
  }
  std::erase_if(outcome.findings, comes);
}

// --base: adds what merging the base would produce, beyond what there is already.
void add_merge(const cli::Context& context, const git::BasePoint& base,
               const branch::MergedHistory& merged, cli::Outcome& outcome) {
  const std::string name = git::shown_name(base.base);
  history::Sources sources(*merged.tree);
  std::vector<finding::Finding> afterwards =
      find_all({merged.history, sources, context.project,
                outcome.errors.size() + merged.errors.size(), &merged.own});
  leave_to_merge(context, keys_of(afterwards), name, outcome);
  const std::set<Key> known = keys_of(outcome.findings);
  for (finding::Finding& each : afterwards) {
    if (!known.contains(key_of(each))) {
      each.message = fmt::format("merged with '{}', {}", name, each.message);
      outcome.findings.push_back(std::move(each));
    }
  }
  outcome.errors.insert(outcome.errors.end(), merged.errors.begin(), merged.errors.end());
  outcome.looked_at += fmt::format("; merged with {}: {}, {}", name,
                                   base::counted(merged.history.size(), "revision"),
                                   base::counted(merged.history.heads().size(), "head"));
  outcome.summary["merged"] = summary_of(merged.history);
  outcome.summary["merged"]["base"] = name;
  outcome.summary["merged"]["merge_base"] = base.merge_base;
}

base::Result<cli::Outcome> run(const cli::Context& context, const CheckHeadsOptions& options) {
  const project::HistorySettings& settings = context.project.settings.history;
  // git answers while the files are read.
  std::future<base::Result<branch::PreparedMerge>> merge;
  if (options.base && !options.graph && !options.around) {
    merge = std::async(std::launch::async, prepare_merge, std::cref(context), *options.base);
  }
  history::RevisionReading reading = history::read_revisions(context.tree, context.project.alembic);
  const std::string not_entered = project::not_entered_note(context.project, reading.not_entered);
  cli::Outcome outcome{.errors = std::move(reading.errors)};
  const History history(std::move(reading.revisions), settings.external);

  if (options.graph || options.around) {
    auto drawing = draw(history, options);
    if (drawing) {
      outcome.text = std::move(*drawing);
    } else {
      outcome.errors.push_back(std::move(drawing.error()));
    }
    return outcome;
  }

  for (const std::string& label : settings.branches) {
    if (!history.find_label(label)) {
      context.note(fmt::format("[history] branches names '{}', which no revision carries", label));
    }
  }
  history::Sources sources(context.tree);
  HeadsInput input{history, sources, context.project, outcome.errors.size()};
  std::optional<git::BasePoint> base;
  std::optional<branch::MergedHistory> merged;
  std::optional<history::RevisionSet> own;
  if (merge.valid()) {
    auto prepared = merge.get();
    if (!prepared) {
      return base::failure(std::move(prepared.error()));
    }
    base = prepared->base;
    merged = branch::merge_with_base(context.project, history, *std::move(prepared));
    own = own_on_disk(history, *merged);
  } else if (history.heads().size() > 1) {
    own = cli::own_revisions_if_known(context, history);  // for the advice alone
  }
  input.own = own ? &*own : nullptr;
  outcome.findings = find_all(input);
  if (history.size() == 0 && outcome.errors.empty()) {
    outcome.findings.push_back(no_revisions(context.project.alembic, not_entered));
  } else if (!not_entered.empty()) {
    context.note(not_entered);
  }
  outcome.looked_at = fmt::format("{}, {}", base::counted(history.size(), "revision"),
                                  base::counted(history.heads().size(), "head"));
  outcome.summary = summary_of(history);
  if (merged) {
    add_merge(context, *base, *merged, outcome);
  }
  return outcome;
}

}  // namespace

cli::Tool make_check_heads(CheckHeadsOptions& options) {
  return {
      .name = "check-heads",
      .summary = "Does the history have one head, and can Alembic load it?",
      .rules = check_heads_rules(),
      .flags = {{.name = "--graph",
                 .value_name = "FORMAT",
                 .help = "draw the history instead of checking it: text or mermaid",
                 .target = &options.graph,
                 .choices = {"text", "mermaid"}},
                {.name = "--around",
                 .value_name = "REV",
                 .help = "draw only what is near a revision",
                 .target = &options.around},
                cli::base_flag(options.base, "check what merging that branch would produce, too")},
      .run = [&options](const cli::Context& context) { return run(context, options); }};
}

}  // namespace gauger::tools
