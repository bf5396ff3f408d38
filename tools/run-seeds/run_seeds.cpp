#include "tools/run-seeds/run_seeds.hpp"

#include <array>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/dsn.hpp"
#include "database/seed_versions.hpp"
#include "history/graph.hpp"
#include "live/rewrite.hpp"
#include "live/seeding.hpp"
#include "live/surroundings.hpp"

namespace gauger::tools {
namespace {

using base::Result;
using history::History;
using history::Index;

std::span<const finding::RuleInfo> run_seeds_rules() {
  static const std::array infos = {live::seed_failed(), live::seed_without_revision()};
  return infos;
}

std::vector<std::string> ids(const History& history, const std::vector<Index>& revisions) {
  std::vector<std::string> result;
  result.reserve(revisions.size());
  for (const Index each : revisions) {
    result.push_back(history[each].id);
  }
  return result;
}

// Seeds are written for the schema at head.
Result<void> check_at_head(const History& history, const std::vector<std::string>& current) {
  std::vector<Index> applied;
  for (const std::string& id : current) {
    if (const auto index = history.find(id)) {
      applied.push_back(*index);
      continue;
    }
    return base::failure(
        {.kind = base::ErrorKind::database,
         .message = fmt::format("the database is at '{}', which no revision of the project is", id),
         .help = "it was migrated from another branch or version of the project"});
  }
  const history::RevisionSet done =
      history::ancestors(history, applied, history::Follow::down_revisions_and_dependencies);
  for (const Index head : history.heads()) {
    if (!done[head]) {
      return base::failure(
          {.kind = base::ErrorKind::database,
           .message = fmt::format(
               "the database is at {}, not at the head {}",
               current.empty() ? "no revision" : fmt::format("'{}'", fmt::join(current, "', '")),
               fmt::join(ids(history, history.heads()), ", ")),
           .help = "seeds are written for the schema at head: upgrade first (gauger migrate, "
                   "alembic upgrade head)"});
    }
  }
  return {};
}

class RunSeeds {
 public:
  RunSeeds(const cli::Context& context, const RunSeedsOptions& options)
      : context_(context), options_(options) {}

  Result<cli::Outcome> run() {
    // Seeds that another command has set aside would be missing.
    if (auto recovered = live::recover(context_.project, context_.note); !recovered) {
      return base::failure(std::move(recovered.error()));
    }
    auto surroundings = live::surroundings(context_);
    auto project = live::read_seed_project(context_);
    if (!surroundings || !project) {
      return base::failure(!surroundings ? surroundings.error() : project.error());
    }
    if (project->scripts.scripts.empty()) {
      return cli::Outcome{
          .looked_at = fmt::format("no seed scripts in {}", context_.project.settings.seeds),
          .configured = false};
    }
    if (!project->scripts.errors.empty()) {
      return base::failure(std::move(project->scripts.errors.front()));
    }
    auto own = live::OwnDatabase::open(context_, options_.own, *surroundings, "run-seeds");
    if (!own) {
      return base::failure(std::move(own.error()));
    }
    const auto current = own->session().current();
    if (!current) {
      return base::failure(current.error());
    }
    if (auto at_head = check_at_head(project->history, *current); !at_head) {
      return base::failure(std::move(at_head.error()));
    }
    return seed(*project, *own);
  }

 private:
  [[nodiscard]] Result<cli::Outcome> seed(const live::SeedProject& project,
                                          live::OwnDatabase& own) const {
    if (auto made = database::create_seed_versions(own.connection()); !made) {
      return base::failure(std::move(made.error()));
    }
    const auto recorded = database::read_seed_versions(own.connection());
    if (!recorded) {
      return base::failure(recorded.error());
    }
    cli::Outcome outcome;
    std::vector<seed::Script> pending;
    std::vector<std::string> stubs;
    std::vector<std::string> before;
    for (const seed::Script& script : project.scripts.scripts) {
      if (!script.index) {
        outcome.findings.push_back(live::judge_orphan(script, project.history));
      } else if (*recorded && (*recorded)->contains(script.revision)) {
        before.push_back(script.revision);
      } else if (script.is_stub) {
        stubs.push_back(script.revision);
      } else {
        pending.push_back(script);
      }
    }
    auto seeding = live::run_seeds(context_, own.session(), own.connection(), pending);
    live::show_output(context_, own.session());
    if (!seeding) {
      return base::failure(std::move(seeding.error()));
    }
    if (seeding->failure) {
      outcome.findings.push_back(*std::move(seeding->failure));
    }
    const std::size_t left = pending.size() - seeding->ran.size();
    outcome.looked_at = fmt::format(
        "{}: {} run, {} recorded before{}{}", base::mask_dsn(own.dsn()), seeding->ran.size(),
        before.size(), left > 0 ? fmt::format(", {} not run", left) : "",
        stubs.empty() ? "" : fmt::format(", {} with nothing in it yet", stubs.size()));
    outcome.summary = {{"database", own.name()},
                       {"run", seeding->ran},
                       {"recorded_before", before},
                       {"stubs", stubs},
                       {"not_run", left}};
    return outcome;
  }

  const cli::Context& context_;
  const RunSeedsOptions& options_;
};

}  // namespace

cli::Tool make_run_seeds(RunSeedsOptions& options) {
  return {
      .name = "run-seeds",
      .summary = "Runs the seed scripts that have not run, each once.",
      .rules = run_seeds_rules(),
      .flags = live::own_flags(options.own),
      .run = [&options](const cli::Context& context) { return RunSeeds(context, options).run(); }};
}

}  // namespace gauger::tools
