#include "tools/migration-squash/migration_squash.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/counted.hpp"
#include "base/dsn.hpp"
#include "base/edit.hpp"
#include "branch/merged_history.hpp"
#include "catalog/diff.hpp"
#include "catalog/render.hpp"
#include "cli/base_option.hpp"
#include "live/carried_seeds.hpp"
#include "live/options.hpp"
#include "live/rewrite.hpp"
#include "live/seeding.hpp"
#include "live/surroundings.hpp"
#include "live/workshop.hpp"
#include "tools/migration-squash/chain.hpp"
#include "tools/migration-squash/stamp.hpp"

namespace gauger::tools {
namespace {

using base::Result;
using catalog::Catalog;
using history::Index;

constexpr std::array infos = {
    finding::RuleInfo{
        .id = "squash-loses",
        .severity = finding::Severity::error,
        .summary = "The new migration does not do all that the old ones do.",
        .explanation =
            "It is what autogenerate makes of the models. What models do not have (triggers, "
            "functions, changes of rows, rights) has to be written into it by hand, from the "
            "files in the backup folder. Nothing is changed without `--force`, under which this "
            "is a warning."},
    finding::RuleInfo{
        .id = "squash-adds",
        .severity = finding::Severity::error,
        .summary = "The new migration does what the old ones do not.",
        .explanation =
            "The models are ahead of the old migrations, and the new one would catch up. A "
            "database that has run the old ones lacks it, and would be taken for one that has it. "
            "Make a migration of it first (migration-auto), and squash that with the others. "
            "Nothing is changed without `--force`, under which this is a warning, and no database "
            "is stamped."},
};

class MigrationSquash {
 public:
  MigrationSquash(const cli::Context& context, const MigrationSquashOptions& options)
      : context_(context), options_(options) {}

  Result<cli::Outcome> run() {
    if (!options_.restamp && (!options_.message || options_.message->empty())) {
      return base::failure({.kind = base::ErrorKind::usage,
                            .message = "the migration needs a message",
                            .help = "migration-squash -m \"courses have teachers\""});
    }
    if (auto fits = live::check_message(options_.message.value_or("")); !fits) {
      return base::failure(std::move(fits.error()));
    }
    if (auto recovered = live::recover(context_.project, context_.note); !recovered) {
      return base::failure(std::move(recovered.error()));
    }
    auto surroundings = live::surroundings(context_);
    if (!surroundings) {
      return base::failure(std::move(surroundings.error()));
    }
    surroundings_ = std::move(*surroundings);
    return options_.restamp ? restamp() : squash();
  }

 private:
  Result<cli::Outcome> squash() {
    auto project = live::read_seed_project(context_);
    if (!project) {
      return base::failure(std::move(project.error()));
    }
    const auto chain = choose(project->history);
    if (!chain) {
      return base::failure(chain.error());
    }
    if (chain->size() < 2) {
      return cli::Outcome{
          .looked_at = fmt::format("{} that {} does not have: nothing to squash",
                                   base::counted(chain->size(), "migration"), base_name_),
          .summary = {{"replaced", base::Json::array()}, {"by", nullptr}}};
    }
    auto plan = make_plan(*project, *chain);
    if (!plan) {
      return base::failure(std::move(plan.error()));
    }
    if (auto opened = open_database(); !opened) {
      return base::failure(std::move(opened.error()));
    }
    // It may have waited for another run that did the same.
    for (const Index each : *chain) {
      if (!context_.tree.kind(project->history[each].path)) {
        return base::failure({.kind = base::ErrorKind::unreadable,
                              .message = "another run is done that has changed the migrations",
                              .path = project->history[each].path,
                              .help = "look at what it made, and run this again if need be"});
      }
    }
    tell(*project, *chain);
    auto ground =
        live::find_ground(context_, {.binaries = options_.binaries}, surroundings_.env_file);
    if (!ground) {
      return base::failure(std::move(ground.error()));
    }
    auto old_catalog = read_old(*ground);
    if (!old_catalog) {
      return base::failure(std::move(old_catalog.error()));
    }
    auto lost = find_lost(context_.project, context_.tree, project->history, *chain);
    if (!lost) {
      return base::failure(std::move(lost.error()));
    }
    for (const std::string& each : *lost) {
      report_lost(each, "");
    }
    return replace(*plan, *ground, *old_catalog);
  }

  // From here to finish() all is undone on every way out.
  Result<cli::Outcome> replace(const live::RewritePlan& plan, const live::Ground& ground,
                               const Catalog& old_catalog) {
    auto rewrite = live::Rewrite::start(plan);
    if (!rewrite) {
      return base::failure(std::move(rewrite.error()));
    }
    auto made = make_new(ground, plan.revision);
    if (!made) {
      return base::failure(std::move(made.error()));
    }
    compare(made->catalog, old_catalog);
    const bool loses = std::any_of(
        outcome_.findings.begin(), outcome_.findings.end(),
        [](const finding::Finding& each) { return each.severity == finding::Severity::error; });
    if (loses) {
      outcome_.looked_at = "nothing was changed; --force squashes all the same";
      return std::move(outcome_);
    }
    if (seeds_.text) {
      if (auto written = base::write_file(plan.root, *seeds_.path, *seeds_.text); !written) {
        return base::failure(std::move(written.error()));
      }
    }
    replacement_.adds = adds_;
    rewrite->set_facts(to_facts(replacement_));
    if (auto done = commit(*rewrite); !done) {
      return base::failure(std::move(done.error()));
    }
    const std::string path = project::relative_to_project(context_.project, made->path);
    outcome_.looked_at = fmt::format("{} in place of {}; the old files are in {}", path,
                                     replacement_.replaced.size(),
                                     project::relative_to_project(context_.project, plan.folder));
    outcome_.summary = to_facts(replacement_);
    outcome_.summary["path"] = path;
    outcome_.summary["backup"] = plan.folder;
    outcome_.summary["restamped"] = restamped_;
    return std::move(outcome_);
  }

  Result<std::vector<Index>> choose(const history::History& history) {
    const auto choice = cli::choose_base(context_, options_.base);
    if (!choice) {
      return base::failure(choice.error());
    }
    const auto base = cli::find_base(context_, choice->name);
    if (!base) {
      return base::failure(base.error());
    }
    base_name_ = git::shown_name(base->point.base);
    const auto own = branch::own_revisions(context_.project, context_.tree, history,
                                           base->repository, base->point);
    if (!own) {
      return base::failure(own.error());
    }
    return find_chain(history, *own);
  }

  Result<live::RewritePlan> make_plan(const live::SeedProject& project,
                                      const std::vector<Index>& chain) {
    live::RewritePlan plan{.root = context_.project.repository_root,
                           .folder = live::backup_folder(context_.project, "squash"),
                           .revision = live::new_revision_id(),
                           .locations = context_.project.alembic.version_locations};
    std::set<std::string> ids;
    for (const Index each : chain) {
      const history::Revision& revision = project.history[each];
      plan.moves.push_back(
          {revision.path, live::backup_path(plan.folder, plan.moves, revision.path)});
      replacement_.replaced.push_back(revision.id);
      ids.insert(revision.id);
    }
    auto seeds =
        live::carry_seeds(context_.tree, project.scripts.scripts, ids, plan.revision, plan.folder);
    if (!seeds) {
      return base::failure(std::move(seeds.error()));
    }
    seeds_ = std::move(*seeds);
    plan.moves.insert(plan.moves.end(), seeds_.moves.begin(), seeds_.moves.end());
    if (seeds_.text) {
      plan.made.push_back(*seeds_.path);
    }
    replacement_.by = plan.revision;
    replacement_.seeds = seeds_.replaced;
    plan.facts = to_facts(replacement_);
    return plan;
  }

  // The developer's own database, where there is one: that it can be stamped is known before
  // anything is done.
  Result<void> open_database() {
    const auto dsn =
        options_.own.dsn ? options_.own.dsn : live::project_dsn(context_, surroundings_.env_file);
    if (!dsn) {
      return {};
    }
    if (auto reachable = database::Connection::open(*dsn); !reachable) {
      if (options_.own.dsn) {
        return base::failure(std::move(reachable.error()));
      }
      context_.note(fmt::format("{}; it is not stamped: later, migration-squash --restamp",
                                reachable.error().message));
      return {};
    }
    auto own = live::OwnDatabase::open(context_, options_.own, surroundings_, "migration-squash");
    if (!own) {
      return base::failure(std::move(own.error()));
    }
    own_ = std::make_unique<live::OwnDatabase>(std::move(*own));
    auto settings = own_->session().settings();
    auto current = own_->session().current();
    if (!settings || !current) {
      return base::failure(!settings ? settings.error() : current.error());
    }
    version_table_ = std::move(settings->version_table);
    current_ = std::move(*current);
    // A rehearsal, for its error.
    return in_transaction([&] { return stamp(*own_, version_table_, current_, replacement_); },
                          "ROLLBACK");
  }

  void tell(const live::SeedProject& project, const std::vector<Index>& chain) const {
    std::vector<std::string> lines;
    lines.reserve(chain.size());
    for (const Index each : chain) {
      lines.push_back(project::relative_to_project(context_.project, project.history[each].path));
    }
    context_.note(fmt::format("{} migrations that {} does not have become one: {}", lines.size(),
                              base_name_, fmt::join(lines, ", ")));
    if (!seeds_.replaced.empty()) {
      context_.note(fmt::format("their seeds become {}.py: {}", replacement_.by,
                                fmt::join(seeds_.replaced, ", ")));
    }
    if (own_) {
      context_.note(fmt::format("{} is stamped anew if it stands at {}",
                                base::mask_dsn(own_->dsn()), replacement_.replaced.back()));
    }
  }

  [[nodiscard]] Result<live::Workshop> open_workshop(const live::Ground& ground) const {
    return live::Workshop::open(context_, {.dsn = ground.dsn,
                                           .purpose = "squash",
                                           .environment = surroundings_.project,
                                           .timeout = options_.own.timeout});
  }

  Result<Catalog> read_old(const live::Ground& ground) {
    auto workshop = open_workshop(ground);
    if (!workshop) {
      return base::failure(std::move(workshop.error()));
    }
    if (const auto done = workshop->session().upgrade("head"); !done) {
      return base::failure(done.error());
    }
    return workshop->read();
  }

  struct Made {
    std::string path;  // tree path
    Catalog catalog;
  };
  Result<Made> make_new(const live::Ground& ground, const std::string& revision) {
    auto workshop = open_workshop(ground);
    if (!workshop) {
      return base::failure(std::move(workshop.error()));
    }
    alembic::Session& session = workshop->session();
    if (const auto done = session.upgrade("heads"); !done) {
      return base::failure(done.error());
    }
    const auto made = session.make_revision(*options_.message, revision);
    if (!made) {
      return base::failure(made.error());
    }
    if (!*made) {
      return base::failure(
          {.kind = base::ErrorKind::environment,
           .message = fmt::format("the models have nothing that {} lacks: there is nothing to "
                                  "make one migration of",
                                  base_name_),
           .help = "what the migrations do is in no model; nothing was changed"});
    }
    if (const auto done = session.upgrade("head"); !done) {
      return base::failure(done.error());
    }
    auto read = workshop->read();
    if (!read) {
      return base::failure(std::move(read.error()));
    }
    return Made{(*made)->path, std::move(*read)};
  }

  void compare(const Catalog& new_catalog, const Catalog& old_catalog) {
    for (const catalog::Difference& difference : diff(new_catalog, old_catalog)) {
      const std::vector<std::string> lines = catalog::alembic(difference);
      const std::string help = fmt::format("{}", fmt::join(lines, "\n"));
      if (difference.kind == catalog::DifferenceKind::unexpected) {
        adds_ = true;
        outcome_.findings.push_back(
            {.rule = "squash-adds",
             .severity = options_.force ? finding::Severity::warning : finding::Severity::error,
             .message = display(difference),
             .help = fmt::format("make a migration of it first: migration-auto\n{}", help)});
      } else {
        report_lost(display(difference), help);
      }
    }
  }

  void report_lost(const std::string& what, const std::string& help) {
    outcome_.findings.push_back(
        {.rule = "squash-loses",
         .severity = options_.force ? finding::Severity::warning : finding::Severity::error,
         .message = what,
         .help = help});
  }

  template <class Work>
  Result<void> in_transaction(const Work& work, std::string_view end) {
    if (auto begun = own_->connection().query("BEGIN"); !begun) {
      return base::failure(std::move(begun.error()));
    }
    auto done = work();
    const auto ended = own_->connection().query(done ? end : "ROLLBACK");
    if (!done) {
      return base::failure(std::move(done.error()));
    }
    if (!ended) {
      return base::failure(ended.error());
    }
    return {};
  }

  // The files are settled while the stamp is not committed yet: where the one fails, the other is
  // undone, but for the moment of the COMMIT itself, which --restamp makes good.
  Result<void> commit(live::Rewrite& rewrite) {
    if (!own_) {
      return rewrite.finish();
    }
    if (adds_) {
      context_.note(fmt::format("{} is not stamped: it lacks what the new migration adds",
                                base::mask_dsn(own_->dsn())));
      return rewrite.finish();
    }
    return in_transaction(
        [&]() -> Result<void> {
          const auto stamped = stamp(*own_, version_table_, current_, replacement_);
          if (!stamped) {
            return base::failure(stamped.error());
          }
          restamped_ = *stamped;
          if (auto held = own_->lock().check(); !held) {
            return held;
          }
          return rewrite.finish();
        },
        "COMMIT");
  }

  // A database that stands at a revision which an earlier squash replaced.
  Result<cli::Outcome> restamp() {
    auto own = live::OwnDatabase::open(context_, options_.own, surroundings_, "migration-squash");
    if (!own) {
      return base::failure(std::move(own.error()));
    }
    own_ = std::make_unique<live::OwnDatabase>(std::move(*own));
    auto settings = own_->session().settings();
    if (!settings) {
      return base::failure(std::move(settings.error()));
    }
    for (const base::Json& facts : live::finished_rewrites(context_.project)) {
      const auto replacement = from_facts(facts);
      const auto current = own_->session().current();
      if (!replacement || !current) {
        if (!current) {
          return base::failure(current.error());
        }
        continue;
      }
      auto done = in_transaction(
          [&]() -> Result<void> {
            const auto stamped = stamp(*own_, settings->version_table, *current, *replacement);
            if (!stamped) {
              return base::failure(stamped.error());
            }
            restamped_ = restamped_ || *stamped;
            return {};
          },
          "COMMIT");
      if (!done) {
        return base::failure(std::move(done.error()));
      }
    }
    outcome_.looked_at = fmt::format(
        "{} {}", base::mask_dsn(own_->dsn()),
        restamped_ ? "is stamped anew" : "stands at nothing that a squash has replaced");
    outcome_.summary = {{"restamped", restamped_}};
    return std::move(outcome_);
  }

  const cli::Context& context_;
  const MigrationSquashOptions& options_;
  live::Surroundings surroundings_;
  std::string base_name_;
  Replacement replacement_;
  live::CarriedSeeds seeds_;
  std::unique_ptr<live::OwnDatabase> own_;  // null: there is none, or it cannot be reached
  alembic::SchemaName version_table_;
  std::vector<std::string> current_;
  bool restamped_ = false;
  bool adds_ = false;  // the new migration does more than the old ones
  cli::Outcome outcome_;
};

}  // namespace

cli::Tool make_migration_squash(MigrationSquashOptions& options) {
  cli::Tool tool{
      .name = "migration-squash",
      .summary = "Makes one migration of those that the base branch does not have.",
      .rules = infos,
      .flags = {{.name = "-m,--message",
                 .value_name = "TEXT",
                 .help = "what the migration does",
                 .target = &options.message},
                cli::base_flag(options.base,
                               "the base branch (default: MIGRATION_BASE_REF, "
                               "[pull-request] base, the CI's, else origin/main)"),
                {.name = "--force",
                 .help = "squash although the new migration loses something",
                 .target = &options.force},
                {.name = "--restamp",
                 .help = "only put a database in order that stands at a revision which an earlier "
                         "squash has replaced",
                 .target = &options.restamp},
                {.name = "--postgres-bin",
                 .value_name = "DIR",
                 .help = "the folder of initdb and postgres for the private server",
                 .target = &options.binaries}},
      .run = [&options](const cli::Context& context) {
        return MigrationSquash(context, options).run();
      }};
  for (cli::Flag& flag : live::own_flags(options.own)) {
    tool.flags.push_back(std::move(flag));
  }
  return tool;
}

}  // namespace gauger::tools
