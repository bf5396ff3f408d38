#include "live/seeding.hpp"

#include <utility>

#include <fmt/format.h>

#include "history/read.hpp"

namespace gauger::live {
namespace {

using base::Result;

finding::Finding judge_failure(const seed::Script& script, base::Error error) {
  const bool placed = !error.path.empty() && !error.path.starts_with('/');
  const bool committed = error.message.find("ended its transaction") != std::string::npos;
  return {.rule = std::string(seed_failed().id),
          .message = fmt::format(
              "seed script '{}' failed, and {}: {}", script.revision,
              committed ? "what it has committed itself stays" : "what it did was rolled back",
              error.message),
          .help = std::move(error.help),
          .path = placed ? error.path : script.path,
          .begin = placed ? error.position : base::Position{},
          .end = placed ? error.position : base::Position{},
          .revision = script.revision};
}

// Nothing: the script is to blame.
std::optional<base::Error> fault_of_server(const seed::Script& script,
                                           const alembic::SeedFailure& failure,
                                           database::Connection& connection) {
  if (auto alive = connection.query("SELECT 1"); !alive) {
    return base::Error{.kind = base::ErrorKind::database,
                       .message = fmt::format("the server is gone: {}", alive.error().message),
                       .help = failure.error.message};
  }
  if (!alembic::lacks_resources(failure.sqlstate)) {
    return std::nullopt;
  }
  return base::Error{
      .kind = base::ErrorKind::database,
      .message = fmt::format("seed script '{}': the server has run out of what it needs: {}",
                             script.revision, failure.error.message),
      .help = "make room and run it again: what the script did was rolled back"};
}

}  // namespace

const finding::RuleInfo& seed_failed() {
  static constexpr finding::RuleInfo info{
      .id = "seed-failed",
      .summary = "A seed script fails.",
      .explanation =
          "Each script runs in a transaction of its own, which is rolled back when it fails; those "
          "that come after it are not run, since they may need its rows. A script that ends its "
          "transaction by itself (`connection.commit()`) fails too: it could not be rolled back."};
  return info;
}

const finding::RuleInfo& seed_without_revision() {
  static constexpr finding::RuleInfo info{
      .id = "seed-without-revision",
      .summary = "A seed script is named after no revision of the history.",
      .explanation =
          "A script runs once its revision has, and its name says which that is: `<seeds>/"
          "<revision>.py`. Where no revision has that id, it never runs. A revision that was "
          "squashed or renamed leaves its script behind; a module that scripts share has a name "
          "that begins with `_`."};
  return info;
}

Result<SeedProject> read_seed_project(const cli::Context& context) {
  history::RevisionReading reading = history::read_revisions(context.tree, context.project.alembic);
  if (!reading.errors.empty()) {
    return base::failure(std::move(reading.errors.front()));
  }
  const project::Settings& settings = context.project.settings;
  history::History history(std::move(reading.revisions), settings.history.external);
  seed::Scripts scripts = seed::find_scripts(context.tree, settings.seeds, history);
  return SeedProject{std::move(history), std::move(scripts)};
}

Result<Seeding> run_seeds(const cli::Context& context, alembic::Session& session,
                          database::Connection& connection,
                          const std::vector<seed::Script>& scripts) {
  Seeding seeding;
  for (const seed::Script& script : scripts) {
    context.note(fmt::format("seed {}", script.revision));
    auto failed = session.seed(fmt::format("{}/{}", context.project.repository_root, script.path),
                               script.revision);
    if (!failed) {
      return base::failure(std::move(failed.error()));
    }
    if (*failed) {
      if (auto fault = fault_of_server(script, **failed, connection)) {
        return base::failure(*std::move(fault));
      }
      seeding.failure = judge_failure(script, (*std::move(failed))->error);
      break;
    }
    seeding.ran.push_back(script.revision);
  }
  return seeding;
}

finding::Finding judge_orphan(const seed::Script& script, const history::History& history) {
  const auto nearest = history.nearest(script.revision);
  return {.rule = std::string(seed_without_revision().id),
          .message = fmt::format("no revision has the id '{}': this seed script never runs",
                                 script.revision),
          .help = nearest ? fmt::format("did you mean {}.py?", *nearest)
                          : "name it after the revision whose tables it fills",
          .path = script.path,
          .revision = script.revision};
}

}  // namespace gauger::live
