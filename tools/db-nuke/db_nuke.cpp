#include "tools/db-nuke/db_nuke.hpp"

#include <set>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/counted.hpp"
#include "base/dsn.hpp"
#include "base/edit.hpp"
#include "history/history.hpp"
#include "history/read.hpp"
#include "live/carried_seeds.hpp"
#include "live/rewrite.hpp"
#include "live/surroundings.hpp"
#include "project/environment.hpp"
#include "tools/db-nuke/compose.hpp"
#include "tools/db-nuke/fresh_database.hpp"

namespace gauger::tools {
namespace {

using base::Result;

tl::unexpected<base::Error> refusal(base::ErrorKind kind, std::string message,
                                    std::string help = {}) {
  return base::failure({.kind = kind, .message = std::move(message), .help = std::move(help)});
}

class DbNuke {
 public:
  DbNuke(const cli::Context& context, const DbNukeOptions& options)
      : context_(context), options_(options) {}

  Result<cli::Outcome> run() {
    if (auto prepared = prepare(); !prepared) {
      return base::failure(std::move(prepared.error()));
    }
    auto plan = make_plan();
    if (!plan) {
      return base::failure(std::move(plan.error()));
    }
    auto facts = look_at(dsn_, context_.environment);
    if (!facts) {
      return base::failure(std::move(facts.error()));
    }
    const auto backup =
        options_.volume ? Result<std::string>(std::string()) : free_backup_name(dsn_, facts->name);
    if (!backup) {
      return base::failure(backup.error());
    }
    tell(*facts, *plan, *backup);
    if (auto allowed = check(*facts); !allowed) {
      return base::failure(std::move(allowed.error()));
    }
    plan->facts = {{"database", facts->name}, {"backup", *backup}};
    plan->restore = [this](const base::Json& what) { return restore(what); };
    return renew(*plan, *facts, *backup);
  }

 private:
  Result<void> prepare() {
    auto surroundings = live::surroundings(context_);
    if (!surroundings) {
      return base::failure(std::move(surroundings.error()));
    }
    surroundings_ = std::move(*surroundings);
    const auto dsn =
        options_.own.dsn ? options_.own.dsn : live::project_dsn(context_, surroundings_.env_file);
    if (!dsn) {
      return refusal(
          base::ErrorKind::configuration,
          fmt::format("no database is named: {} is not set",
                      fmt::join(project::dsn_variables(context_.project.settings), " or ")),
          "set it, or give --dsn");
    }
    dsn_ = *dsn;
    if (options_.volume) {
      compose_file_ = find_compose_file(context_.project).value_or("");
      if (compose_file_.empty()) {
        return refusal(base::ErrorKind::usage, "--volume: the project has no compose file");
      }
      if (auto runs = runs_server(compose_file_, dsn_); !runs) {
        return runs;
      }
    }
    return recover();
  }

  // What a run left whose every process was killed.
  [[nodiscard]] Result<void> recover() const {
    return live::recover(context_.project, context_.note,
                         [&](const base::Json& facts) { return restore(facts); });
  }

  [[nodiscard]] Result<void> restore(const base::Json& facts) const {
    const std::string backup = facts.value("backup", "");
    const std::string name = facts.value("database", "");
    if (backup.empty()) {
      return {};
    }
    if (!local_host(dsn_, context_.environment)) {
      return refusal(base::ErrorKind::database,
                     fmt::format("{} is not on this machine, where an interrupted db-nuke was to "
                                 "replace {}",
                                 base::mask_dsn(dsn_), name));
    }
    const auto restored = restore_database(dsn_, name, backup);
    if (!restored) {
      return base::failure(restored.error());
    }
    if (*restored) {
      context_.note(fmt::format("the database {} is {} again", backup, name));
    }
    return {};
  }

  // A history that cannot be read is one more reason to be here.
  Result<live::RewritePlan> make_plan() {
    live::RewritePlan plan{.root = context_.project.repository_root,
                           .folder = live::backup_folder(context_.project, "nuke"),
                           .revision = live::new_revision_id(),
                           .locations = context_.project.alembic.version_locations};
    for (const project::RevisionFile& file :
         project::revision_files(context_.tree, context_.project.alembic).files) {
      plan.moves.push_back({file.path, live::backup_path(plan.folder, plan.moves, file.path)});
    }
    revisions_ = plan.moves.size();
    history::RevisionReading reading =
        history::read_revisions(context_.tree, context_.project.alembic);
    const history::History history(std::move(reading.revisions));
    const seed::Scripts scripts =
        seed::find_scripts(context_.tree, context_.project.settings.seeds, history);
    std::set<std::string> ids;
    for (const seed::Script& script : scripts.scripts) {
      ids.insert(script.revision);
    }
    auto seeds = live::carry_seeds(context_.tree, scripts.scripts, ids, plan.revision, plan.folder);
    if (!seeds) {
      return base::failure(std::move(seeds.error()));
    }
    seeds_ = std::move(*seeds);
    plan.moves.insert(plan.moves.end(), seeds_.moves.begin(), seeds_.moves.end());
    if (seeds_.text) {
      plan.made.push_back(*seeds_.path);
    }
    return plan;
  }

  void tell(const DatabaseFacts& facts, const live::RewritePlan& plan,
            const std::string& backup) const {
    context_.note(fmt::format("database {} on {}: {}, {}", facts.name, facts.host, facts.size,
                              base::counted(facts.sessions.size(), "other session")));
    context_.note(
        options_.volume
            ? fmt::format("the volumes of {} are removed, with all that is in them", compose_file_)
            : fmt::format("it is renamed to {} and created anew, empty", backup));
    context_.note(fmt::format("{} revisions go to {}, and one baseline takes their place",
                              revisions_,
                              project::relative_to_project(context_.project, plan.folder)));
  }

  [[nodiscard]] Result<void> check(const DatabaseFacts& facts) const {
    if (!local_host(dsn_, context_.environment)) {
      return refusal(base::ErrorKind::database,
                     fmt::format("{} is not on this machine, or nobody can tell: nothing was done",
                                 base::mask_dsn(dsn_)),
                     "db-nuke is for a developer's own server: a socket, localhost, 127.0.0.1, "
                     "::1");
    }
    if (facts.name == "postgres" || facts.name == "template0" || facts.name == "template1") {
      return refusal(base::ErrorKind::database,
                     fmt::format("'{}' is the server's own database", facts.name));
    }
    if (project::find_variable("CONFIRM_DB_NUKE", context_.environment, {}) != "1") {
      return refusal(base::ErrorKind::usage, "nothing was done: nobody has confirmed it",
                     "CONFIRM_DB_NUKE=1 does");
    }
    if (!facts.sessions.empty()) {
      return refusal(base::ErrorKind::database,
                     fmt::format("others are connected to {}: {}", facts.name,
                                 fmt::join(facts.sessions, ", ")),
                     "stop them first");
    }
    return {};
  }

  // From here to finish() all is undone on every way out, but for a volume.
  Result<cli::Outcome> renew(const live::RewritePlan& plan, const DatabaseFacts& facts,
                             const std::string& backup) {
    auto rewrite = live::Rewrite::start(plan);
    if (!rewrite) {
      return base::failure(std::move(rewrite.error()));
    }
    const auto renewed = options_.volume ? renew_volume(compose_file_, dsn_)
                                         : replace_database(dsn_, facts.name, backup);
    if (!renewed) {
      return base::failure(renewed.error());
    }
    const auto path = make_baseline(plan.revision);
    if (!path) {
      return base::failure(path.error());
    }
    if (seeds_.text) {
      if (auto written = base::write_file(plan.root, *seeds_.path, *seeds_.text); !written) {
        return base::failure(std::move(written.error()));
      }
    }
    if (auto done = rewrite->finish(); !done) {
      return base::failure(std::move(done.error()));
    }
    cli::Outcome outcome{
        .looked_at =
            fmt::format("{} is at {}; the {} old revisions are in {}{}", facts.name, *path,
                        revisions_, project::relative_to_project(context_.project, plan.folder),
                        backup.empty() ? "" : fmt::format(", the old database is {}", backup)),
        .summary = {{"database", facts.name},
                    {"database_backup", backup},
                    {"revisions", revisions_},
                    {"revision", plan.revision},
                    {"path", *path},
                    {"backup", plan.folder}}};
    return outcome;
  }

  [[nodiscard]] Result<std::string> make_baseline(const std::string& revision) const {
    live::OwnOptions own_options = options_.own;
    own_options.dsn = dsn_;
    auto own = live::OwnDatabase::open(context_, own_options, surroundings_, "db-nuke");
    if (!own) {
      return base::failure(std::move(own.error()));
    }
    const auto made = own->session().make_revision(options_.message, revision);
    if (!made) {
      return base::failure(made.error());
    }
    if (!*made) {
      return refusal(base::ErrorKind::environment,
                     "the models have no table: there is nothing to make a baseline of");
    }
    if (const auto done = own->session().upgrade("head"); !done) {
      base::Error error = done.error();
      error.help += fmt::format(
          "{}all is as it was: what models do not have (extensions, "
          "functions) has to be in the migrations",
          error.help.empty() ? "" : "\n");
      return base::failure(std::move(error));
    }
    return project::relative_to_project(context_.project, (*made)->path);
  }

  const cli::Context& context_;
  const DbNukeOptions& options_;
  live::Surroundings surroundings_;
  std::string dsn_;
  std::string compose_file_;  // only with --volume
  std::size_t revisions_ = 0;
  live::CarriedSeeds seeds_;
};

}  // namespace

cli::Tool make_db_nuke(DbNukeOptions& options) {
  cli::Tool tool{
      .name = "db-nuke",
      .summary = "Starts again with an empty local database and one migration.",
      .rules = {},
      .flags = {{.name = "-m,--message",
                 .value_name = "TEXT",
                 .help = "what the migration is called (default: baseline)",
                 .target = &options.message},
                {.name = "--volume",
                 .help = "the server's volume goes, too: docker compose down -v, and up again",
                 .target = &options.volume}},
      .run = [&options](const cli::Context& context) { return DbNuke(context, options).run(); }};
  for (cli::Flag& flag : live::own_flags(options.own)) {
    tool.flags.push_back(std::move(flag));
  }
  return tool;
}

}  // namespace gauger::tools
