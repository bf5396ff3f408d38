#include "tools/migrate/migrate.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/counted.hpp"
#include "base/dsn.hpp"
#include "database/seed_versions.hpp"
#include "history/history.hpp"
#include "history/read.hpp"
#include "live/rewrite.hpp"
#include "live/surroundings.hpp"

namespace gauger::tools {
namespace {

using base::Result;
using Revisions = std::vector<std::string>;

std::string shown(const Revisions& revisions) {
  return revisions.empty() ? "nothing" : fmt::format("{}", fmt::join(revisions, ", "));
}

// Alembic says "Can't locate revision"; what that means for a database is what people need.
// `is_whole`: all of its files could be read.
Result<void> check_known(const history::History& history, bool is_whole, const Revisions& current) {
  for (const std::string& id : current) {
    if (!is_whole || history.find(id)) {
      continue;
    }
    return base::failure(
        {.kind = base::ErrorKind::database,
         .message =
             fmt::format("the database stands at '{}', which no revision of the project is", id),
         .help = "it was migrated from another branch or version: check that out, or, where "
                 "migration-squash has replaced the revision, run migration-squash --restamp"});
  }
  return {};
}

class Migrate {
 public:
  Migrate(const cli::Context& context, const MigrateOptions& options)
      : context_(context),
        options_(options),
        target_(options.downgrade.value_or(options.to.value_or("head"))) {}

  Result<cli::Outcome> run() {
    if (options_.to && options_.downgrade) {
      return base::failure(
          {.kind = base::ErrorKind::usage,
           .message = "--to upgrades and --downgrade goes back: give one of them"});
    }
    if (target_.empty()) {
      return base::failure({.kind = base::ErrorKind::usage,
                            .message = fmt::format("{} names no revision",
                                                   options_.downgrade ? "--downgrade" : "--to")});
    }
    // Migrations that another command has set aside would be missing.
    if (auto recovered = live::recover(context_.project, context_.note); !recovered) {
      return base::failure(std::move(recovered.error()));
    }
    const auto surroundings = live::surroundings(context_);
    if (!surroundings) {
      return base::failure(surroundings.error());
    }
    auto own = live::OwnDatabase::open(context_, options_.own, *surroundings, "migrate");
    if (!own) {
      return base::failure(std::move(own.error()));
    }
    const auto before = own->session().current();
    if (!before) {
      return base::failure(before.error());
    }
    auto reading = history::read_revisions(context_.tree, context_.project.alembic);
    const bool is_whole = reading.errors.empty();
    const history::History history(std::move(reading.revisions),
                                   context_.project.settings.history.external);
    if (auto known = check_known(history, is_whole, *before); !known) {
      return base::failure(std::move(known.error()));
    }
    context_.note(fmt::format("{} stands at {}: {} to {}", base::mask_dsn(own->dsn()),
                              shown(*before), options_.downgrade ? "downgrade" : "upgrade",
                              target_));
    const auto done = move(own->session());
    live::show_output(context_, own->session());
    if (!done) {
      return base::failure(done.error());
    }
    const auto after = own->session().current();
    if (!after) {
      return base::failure(after.error());
    }
    if (options_.downgrade) {
      const auto forgotten = database::forget_seeds(own->connection(), *done);
      if (!forgotten) {
        return base::failure(forgotten.error());
      }
      if (!forgotten->empty()) {
        context_.note(fmt::format("seeds to run again after an upgrade: {}", shown(*forgotten)));
      }
    }
    if (done->empty() && !options_.downgrade && !is_at_target(history, *after)) {
      return base::failure(
          {.kind = base::ErrorKind::usage,
           .message = fmt::format("{} is past {}: it stands at {}", base::mask_dsn(own->dsn()),
                                  target_, shown(*after)),
           .help = fmt::format("to go back: migrate --downgrade={}", target_)});
    }
    // What was done under a lock that nobody held may have met another migrator.
    if (auto held = own->lock().check(); !held) {
      return base::failure(std::move(held.error()));
    }
    return report(*own, *before, *after, *done);
  }

 private:
  [[nodiscard]] Result<Revisions> move(alembic::Session& session) const {
    const auto tell = [&](const std::string& revision) {
      context_.note((options_.downgrade ? "downgrade of " : "upgrade to ") + revision);
    };
    return options_.downgrade ? session.downgrade(target_, tell) : session.upgrade(target_, tell);
  }

  // A revision that is named is one of those that the database stands at, or below one; heads and
  // steps from where it stands are what Alembic makes of them.
  [[nodiscard]] bool is_at_target(const history::History& history, const Revisions& at) const {
    if (target_ == "base") {
      return at.empty();
    }
    const auto target = history.find(target_);
    return !target || std::find(at.begin(), at.end(), history[*target].id) != at.end();
  }

  static cli::Outcome report(const live::OwnDatabase& own, const Revisions& before,
                             const Revisions& after, const Revisions& done) {
    return {
        .looked_at = fmt::format("{}: {} run, now at {}", base::mask_dsn(own.dsn()),
                                 base::counted(done.size(), "revision"), shown(after)),
        .summary = {
            {"database", own.name()}, {"before", before}, {"after", after}, {"revisions", done}}};
  }

  const cli::Context& context_;
  const MigrateOptions& options_;
  std::string target_;
};

}  // namespace

cli::Tool make_migrate(MigrateOptions& options) {
  cli::Tool tool{
      .name = "migrate",
      .summary = "Upgrades the database to head, one migrator at a time.",
      .rules = {},
      .flags = {{.name = "--to",
                 .value_name = "REV",
                 .help = "the revision, as `alembic upgrade` takes it (default: head)",
                 .target = &options.to},
                {.name = "--downgrade",
                 .value_name = "REV",
                 .help = "downgrade instead, as `alembic downgrade` does: --downgrade=-1",
                 .target = &options.downgrade}},
      .run = [&options](const cli::Context& context) { return Migrate(context, options).run(); }};
  for (cli::Flag& flag : live::own_flags(options.own)) {
    tool.flags.push_back(std::move(flag));
  }
  return tool;
}

}  // namespace gauger::tools
