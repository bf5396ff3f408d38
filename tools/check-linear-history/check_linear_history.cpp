#include "tools/check-linear-history/check_linear_history.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "history/read.hpp"
#include "project/environment.hpp"
#include "tools/check-linear-history/findings.hpp"
#include "tools/check-linear-history/fix.hpp"

namespace gauger::tools {
namespace {

using history::History;
using history::Index;

// The revisions of the project as they are in the files now, and which of them are settled.
struct State {
  History history;
  history::RevisionSet settled;
  std::vector<base::Error> errors;
  std::vector<std::string> not_entered;
};

base::Result<State> read(const cli::Context& context) {
  const project::Settings& settings = context.project.settings;
  history::RevisionReading reading = history::read_revisions(context.tree, context.project.alembic);
  State state{History(std::move(reading.revisions), settings.history.external),
              {},
              std::move(reading.errors),
              std::move(reading.not_entered)};
  state.settled.assign(state.history.size(), false);
  if (settings.history.baseline) {
    auto baseline = state.history.resolve(*settings.history.baseline);
    if (!baseline) {
      base::Error error = std::move(baseline.error());
      error.kind = base::ErrorKind::configuration;
      error.message = "[history] baseline: " + error.message;
      error.path = settings.source;
      return base::failure(std::move(error));
    }
    state.settled = history::ancestors(state.history, std::span(&*baseline, 1),
                                       history::Follow::down_revisions_and_dependencies);
  }
  return state;
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
  history::Sources sources(context.tree);
  const LinearInput input{state.history, sources, context.project, state.settled};
  outcome.findings = find_forks(input);
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

base::Result<cli::Outcome> run(const cli::Context& context,
                               const CheckLinearHistoryOptions& options) {
  auto state = read(context);
  if (!state) {
    return base::failure(std::move(state.error()));
  }
  cli::Outcome outcome;
  std::size_t fixed = 0;
  if (wants_dates_fixed(context, options)) {
    history::RevisionSet movable = state->settled;
    movable.flip();
    DateFix fix = fix_dates(state->history, movable, context.tree, context.project.repository_root,
                            context.note);
    fixed = fix.files;
    outcome.errors = std::move(fix.errors);
    if (fixed > 0) {
      state = read(context);
      if (!state) {
        return base::failure(std::move(state.error()));
      }
    }
  }
  check(context, *state, outcome);
  if (!state->not_entered.empty()) {
    context.note(project::not_entered_note(context.project, state->not_entered));
  }
  outcome.errors.insert(outcome.errors.end(), std::make_move_iterator(state->errors.begin()),
                        std::make_move_iterator(state->errors.end()));

  const auto settled =
      static_cast<std::size_t>(std::count(state->settled.begin(), state->settled.end(), true));
  const std::size_t checked = state->history.size() - settled;
  outcome.looked_at =
      fmt::format("{} revision{}", state->history.size(), state->history.size() == 1 ? "" : "s");
  if (settled > 0) {
    outcome.looked_at += fmt::format(", {} after the baseline", checked);
  }
  if (fixed > 0) {
    outcome.looked_at += fmt::format(", {} date{} moved", fixed, fixed == 1 ? "" : "s");
  }
  if (state->history.size() == 0 && outcome.errors.empty()) {
    outcome.configured = false;
    outcome.looked_at = "there is no revision in the version locations";
  }
  outcome.summary = summary_of(state->history, checked, fixed);
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
                             "after it, in the header only, and check again",
                     .target = &options.fix,
                     .implicit = "dates",
                     .choices = {"dates"}}},
          .run = [&options](const cli::Context& context) { return run(context, options); }};
}

}  // namespace gauger::tools
