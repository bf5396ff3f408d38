#include "tools/check-linear-history/check_linear_history.hpp"

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "base/counted.hpp"
#include "branch/merged_history.hpp"
#include "cli/base_option.hpp"
#include "git/commits.hpp"
#include "history/order.hpp"
#include "history/read.hpp"
#include "project/environment.hpp"
#include "tools/check-linear-history/findings.hpp"
#include "tools/check-linear-history/fix.hpp"
#include "tools/check-linear-history/order.hpp"

namespace gauger::tools {
namespace {

using history::History;
using history::Index;

// The revisions of the project as they are in the files now, or would be once the base is merged;
// and which of them are settled.
struct State {
  History history;
  history::RevisionSet settled;
  std::vector<base::Error> errors;
  std::vector<std::string> not_entered;
  std::unique_ptr<git::SimulatedMerge> merge{};  // what the history was read from; null: the disk
  history::RevisionSet own{};  // once merged: the revisions that the base does not have
};

base::Result<history::RevisionSet> find_settled(const project::Settings& settings,
                                                const History& history) {
  if (!settings.history.baseline) {
    return history::RevisionSet(history.size(), false);
  }
  auto baseline = history.resolve(*settings.history.baseline);
  if (!baseline) {
    base::Error error = std::move(baseline.error());
    error.kind = base::ErrorKind::configuration;
    error.message = "[history] baseline: " + error.message;
    error.path = settings.source;
    return base::failure(std::move(error));
  }
  return history::ancestors(history, std::span(&*baseline, 1),
                            history::Follow::down_revisions_and_dependencies);
}

base::Result<State> read(const cli::Context& context) {
  const project::Settings& settings = context.project.settings;
  history::RevisionReading reading = history::read_revisions(context.tree, context.project.alembic);
  State state{History(std::move(reading.revisions), settings.history.external),
              {},
              std::move(reading.errors),
              std::move(reading.not_entered)};
  auto settled = find_settled(settings, state.history);
  if (!settled) {
    return base::failure(std::move(settled.error()));
  }
  state.settled = *std::move(settled);
  return state;
}

base::Result<branch::MergedHistory> merge(const cli::Context& context, const State& state,
                                          const cli::Base& base) {
  auto prepared = branch::prepare_merge(context.project, context.tree, base.repository, base.point);
  if (!prepared) {
    return base::failure(std::move(prepared.error()));
  }
  return branch::merge_with_base(context.project, state.history, *std::move(prepared));
}

// The state once the base is merged. What cannot be read on disk cannot be read then, either.
base::Result<State> merged_state(const cli::Context& context, const cli::Base& base) {
  auto state = read(context);
  if (!state) {
    return state;
  }
  auto merged = merge(context, *state, base);
  if (!merged) {
    return base::failure(std::move(merged.error()));
  }
  auto settled = find_settled(context.project.settings, merged->history);
  if (!settled) {
    return base::failure(std::move(settled.error()));
  }
  std::vector<base::Error> errors = std::move(state->errors);
  errors.insert(errors.end(), merged->errors.begin(), merged->errors.end());
  return State{std::move(merged->history),    *std::move(settled),     std::move(errors),
               std::move(state->not_entered), std::move(merged->tree), std::move(merged->own)};
}

// --fix, or its environment variable.
bool wants_dates_fixed(const cli::Context& context, const CheckLinearHistoryOptions& options) {
  if (options.fix) {
    return *options.fix == "dates";
  }
  return project::is_on(
      project::find_variable("MIGRATION_CREATE_DATE_AUTOFIX", context.environment, {}));
}

void check(const cli::Context& context, const State& state, cli::Outcome& outcome) {
  const base::FileTree* merged = state.merge.get();
  history::Sources sources(merged != nullptr ? *merged : context.tree);
  LinearInput input{state.history, sources, context.project, state.settled,
                    merged != nullptr ? &state.own : nullptr};
  outcome.findings = find_forks(input);
  // Which edit to advise: the base's revisions keep their places. git is asked only where it
  // matters.
  std::optional<history::RevisionSet> own;
  if (!outcome.findings.empty() && input.own == nullptr) {
    own = cli::own_revisions_if_known(context, state.history);
    if (own) {
      input.own = &*own;
      outcome.findings = find_forks(input);
    }
  }
  std::vector<finding::Finding> headers = find_header_faults(input);
  outcome.findings.insert(outcome.findings.end(), std::make_move_iterator(headers.begin()),
                          std::make_move_iterator(headers.end()));
}

base::Json summary_of(const History& history, std::size_t checked, std::size_t fixed) {
  const auto dated =
      std::count_if(history.revisions().begin(), history.revisions().end(),
                    [](const history::Revision& each) { return each.header.created.has_value(); });
  base::Json summary = base::Json::object();
  summary["revisions"] = history.size();
  summary["checked"] = checked;
  summary["dated"] = dated;
  summary["fixed"] = fixed;
  return summary;
}

// The revisions whose dates may move: those after the baseline, and, where a base is known, only
// those that it does not have. One that nobody has named need not be there.
base::Result<history::RevisionSet> find_movable(const cli::Context& context,
                                                const CheckLinearHistoryOptions& options,
                                                const State& state) {
  history::RevisionSet movable = state.settled;
  movable.flip();
  if (options.fix_applied) {
    return movable;
  }
  const auto choice = cli::choose_base(context, options.base);
  if (!choice) {
    return base::failure(choice.error());
  }
  const auto known = cli::own_revisions(context, *choice, state.history);
  if (!known) {
    return base::failure(known.error());
  }
  if (!*known) {
    return movable;
  }
  const history::RevisionSet& own = **known;
  bool leaves_any = false;
  for (const history::DateMove& move : history::date_moves(state.history, movable)) {
    leaves_any = leaves_any || !own[move.revision];
  }
  if (leaves_any) {
    context.note(
        fmt::format("the dates of revisions that '{}' has are left alone; --fix-applied "
                    "moves them, too",
                    choice->name.name));
  }
  for (Index i = 0; i < state.history.size(); ++i) {
    movable[i] = movable[i] && own[i];
  }
  return movable;
}

struct Fixed {
  State state;  // read again
  std::size_t dates = 0;
  std::size_t ordered = 0;  // files
  std::vector<base::Error> errors{};
};

base::Result<Fixed> fix_dates_of(const cli::Context& context,
                                 const CheckLinearHistoryOptions& options) {
  auto state = read(context);
  if (!state) {
    return base::failure(std::move(state.error()));
  }
  const auto movable = find_movable(context, options, *state);
  if (!movable) {
    return base::failure(movable.error());
  }
  DateFix fix = fix_dates(state->history, *movable, context.tree, context.project.repository_root,
                          context.note);
  if (fix.files > 0) {
    state = read(context);
    if (!state) {
      return base::failure(std::move(state.error()));
    }
  }
  return Fixed{.state = *std::move(state), .dates = fix.files, .errors = std::move(fix.errors)};
}

base::Result<cli::Base> require_base(const cli::Context& context,
                                     const CheckLinearHistoryOptions& options) {
  const auto choice = cli::choose_base(context, options.base);
  if (!choice) {
    return base::failure(choice.error());
  }
  return cli::find_base(context, choice->name);
}

base::Result<Fixed> fix_order_of(const cli::Context& context,
                                 const CheckLinearHistoryOptions& options) {
  if (!context.project.settings.history.branches.empty()) {
    return base::failure({.kind = base::ErrorKind::usage,
                          .message = "--fix=order makes one chain, and [history] branches has "
                                     "several",
                          .path = {},
                          .help = "edit down_revision by hand; `check-heads --base` says where"});
  }
  const auto base = require_base(context, options);
  if (!base) {
    return base::failure(base.error());
  }
  const auto state = read(context);
  if (!state) {
    return base::failure(state.error());
  }
  OrderFix fix;
  if (state->errors.empty()) {
    const auto merged = merge(context, *state, *base);
    if (!merged) {
      return base::failure(merged.error());
    }
    fix = fix_order(*merged, git::shown_name(base->point.base), context.tree,
                    context.project.repository_root, context.note);
  }
  auto after = merged_state(context, *base);
  if (!after) {
    return base::failure(std::move(after.error()));
  }
  if (fix.files > 0) {
    const auto here = read(context);
    const auto lacks = [](const history::Missing& missing) { return !missing.external; };
    if (here &&
        std::any_of(here->history.missing().begin(), here->history.missing().end(), lacks)) {
      context.note(
          fmt::format("they stand on revisions that '{0}' has and this branch has not: "
                      "merge or rebase on '{0}' before Alembic can load them here",
                      git::shown_name(base->point.base)));
    }
  }
  return Fixed{.state = *std::move(after), .ordered = fix.files, .errors = std::move(fix.errors)};
}

base::Result<State> read_merged(const cli::Context& context,
                                const CheckLinearHistoryOptions& options) {
  const auto base = require_base(context, options);
  if (!base) {
    return base::failure(base.error());
  }
  return merged_state(context, *base);
}

// What there is to check, once all that was asked for is fixed.
base::Result<Fixed> prepare(const cli::Context& context, const CheckLinearHistoryOptions& options) {
  if (options.fix == "order") {
    return fix_order_of(context, options);
  }
  if (wants_dates_fixed(context, options)) {
    return fix_dates_of(context, options);
  }
  auto state = options.base ? read_merged(context, options) : read(context);
  if (!state) {
    return base::failure(std::move(state.error()));
  }
  return Fixed{.state = *std::move(state)};
}

// Each once, by path: what cannot be merged cannot be fixed, either.
void add_errors(std::vector<base::Error>& errors, std::vector<base::Error> more) {
  for (base::Error& error : more) {
    const bool known = std::any_of(errors.begin(), errors.end(), [&](const base::Error& each) {
      return each.path == error.path && each.message == error.message;
    });
    if (!known) {
      errors.push_back(std::move(error));
    }
  }
}

base::Result<cli::Outcome> run(const cli::Context& context,
                               const CheckLinearHistoryOptions& options) {
  auto prepared = prepare(context, options);
  if (!prepared) {
    return base::failure(std::move(prepared.error()));
  }
  State* const state = &prepared->state;
  cli::Outcome outcome{.errors = std::move(prepared->errors)};
  check(context, *state, outcome);
  if (!state->not_entered.empty()) {
    context.note(project::not_entered_note(context.project, state->not_entered));
  }
  add_errors(outcome.errors, std::move(state->errors));

  const auto settled =
      static_cast<std::size_t>(std::count(state->settled.begin(), state->settled.end(), true));
  const std::size_t checked = state->history.size() - settled;
  outcome.looked_at = base::counted(state->history.size(), "revision");
  if (settled > 0) {
    outcome.looked_at += fmt::format(", {} after the baseline", checked);
  }
  if (state->merge != nullptr) {
    outcome.looked_at += " once merged";
  }
  if (prepared->dates > 0) {
    outcome.looked_at += fmt::format(", {} moved", base::counted(prepared->dates, "date"));
  }
  if (prepared->ordered > 0) {
    outcome.looked_at += fmt::format(", {} put in order", base::counted(prepared->ordered, "file"));
  }
  if (state->history.size() == 0 && outcome.errors.empty()) {
    outcome.configured = false;
    outcome.looked_at = "there is no revision in the version locations";
  }
  outcome.summary = summary_of(state->history, checked, prepared->dates + prepared->ordered);
  return outcome;
}

}  // namespace

cli::Tool make_check_linear_history(CheckLinearHistoryOptions& options) {
  return {.name = "check-linear-history",
          .summary = "Is the history a single chain, ordered by Create Date?",
          .rules = check_linear_history_rules(),
          .flags = {{.name = "--fix",
                     .value_name = "WHAT",
                     .help = "dates: write a Create Date that is before its parent's as one second "
                             "after it, in the header only; order: stack the revisions that the "
                             "base does not have on the base's head; and check again",
                     .target = &options.fix,
                     .implicit = "dates",
                     .choices = {"dates", "order"}},
                    cli::base_flag(options.base,
                                   "check the history as merging that branch would make it; with "
                                   "--fix, the branch whose revisions are left alone"),
                    {.name = "--fix-applied",
                     .help = "with --fix=dates: move the dates of revisions that the base has, too",
                     .target = &options.fix_applied}},
          .run = [&options](const cli::Context& context) { return run(context, options); }};
}

}  // namespace gauger::tools
