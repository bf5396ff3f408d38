#include "tools/migration-auto/migration_auto.hpp"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <iterator>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "base/dsn.hpp"
#include "base/edit.hpp"
#include "cli/base_option.hpp"
#include "history/graph.hpp"
#include "history/read.hpp"
#include "live/options.hpp"
#include "live/rewrite.hpp"
#include "live/surroundings.hpp"
#include "live/workshop.hpp"
#include "tools/check-heads/check_heads.hpp"
#include "tools/check-linear-history/check_linear_history.hpp"
#include "tools/drift/drift.hpp"
#include "tools/migration-lint/migration_lint.hpp"

namespace gauger::tools {
namespace {

using base::Result;

// Whose rule the leftovers of autogenerate are: they are no fault of a file that nobody can have
// read yet.
constexpr std::string_view unreviewed = "unreviewed-autogenerate";

// The project's own database under its lock, or a scratch database on a server of ours.
struct Place {
  std::optional<live::OwnDatabase> own{};
  std::optional<live::Ground> ground{};
  std::optional<live::Workshop> workshop{};

  [[nodiscard]] alembic::Session& session() { return own ? own->session() : workshop->session(); }
  [[nodiscard]] std::string shown() const {
    return own ? base::mask_dsn(own->dsn()) : "a private database";
  }
};

class MigrationAuto {
 public:
  MigrationAuto(const cli::Context& context, const MigrationAutoOptions& options)
      : context_(context), options_(options) {}

  Result<cli::Outcome> run() {
    if (!options_.message || options_.message->empty()) {
      return base::failure({.kind = base::ErrorKind::usage,
                            .message = "the migration needs a message",
                            .help = "migration-auto -m \"add a nickname to users\""});
    }
    if (auto fits = live::check_message(*options_.message); !fits) {
      return base::failure(std::move(fits.error()));
    }
    if (auto recovered = live::recover(context_.project, context_.note); !recovered) {
      return base::failure(std::move(recovered.error()));
    }
    auto place = find_place();
    if (!place) {
      return base::failure(std::move(place.error()));
    }
    context_.note(options_.is_plain
                      ? fmt::format("on {}: autogenerate", place->shown())
                      : fmt::format("on {}: upgrade to head, autogenerate, lint, heads, order, "
                                    "apply, drift",
                                    place->shown()));
    if (!options_.is_plain) {
      if (place->own) {
        if (auto looked = check_drafts(*place->own); !looked) {
          return base::failure(std::move(looked.error()));
        }
        if (has_errors()) {
          outcome_.looked_at = "a migration that is not applied yet has errors: nothing was done";
          return std::move(outcome_);
        }
      }
      if (auto done = upgrade(*place); !done) {
        return base::failure(std::move(done.error()));
      }
    }
    const auto made = place->session().make_revision(*options_.message);
    if (!made) {
      return base::failure(made.error());
    }
    outcome_.summary = {
        {"revision", nullptr}, {"path", nullptr}, {"seed", nullptr}, {"applied", false}};
    if (!*made) {
      outcome_.looked_at = "the models have nothing that the migrations lack: no file was made";
      return std::move(outcome_);
    }
    return finish(*place, **made);
  }

 private:
  Result<Place> find_place() {
    auto surroundings = live::surroundings(context_);
    if (!surroundings) {
      return base::failure(std::move(surroundings.error()));
    }
    Place place;
    const bool has_own =
        options_.own.dsn || live::project_dsn(context_, surroundings->env_file).has_value();
    if (!options_.is_private && (has_own || options_.is_plain)) {
      auto own = live::OwnDatabase::open(context_, options_.own, *surroundings, "migration-auto");
      if (!own) {
        return base::failure(std::move(own.error()));
      }
      place.own = std::move(*own);
      return place;
    }
    auto server = database::Server::start({.binaries = options_.binaries.value_or("")});
    if (!server) {
      return base::failure(std::move(server.error()));
    }
    std::string dsn = server->dsn();
    place.ground = live::Ground{.server = std::move(*server), .dsn = std::move(dsn)};
    auto workshop = live::Workshop::open(context_, {.dsn = place.ground->dsn,
                                                    .purpose = "auto",
                                                    .environment = surroundings->project,
                                                    .timeout = options_.own.timeout});
    if (!workshop) {
      return base::failure(std::move(workshop.error()));
    }
    place.workshop = std::move(*workshop);
    return place;
  }

  // What an earlier run has made and not applied is not applied by this one unchecked: the branch's
  // own revisions that the database does not have.
  Result<void> check_drafts(live::OwnDatabase& own) {
    const auto current = own.session().current();
    if (!current) {
      return base::failure(current.error());
    }
    const auto reading = history::read_revisions(context_.tree, context_.project.alembic);
    const history::History history(reading.revisions, context_.project.settings.history.external);
    std::vector<history::Index> at;
    for (const std::string& id : *current) {
      if (const auto index = history.find(id)) {
        at.push_back(*index);
      }
    }
    const auto applied =
        history::ancestors(history, at, history::Follow::down_revisions_and_dependencies);
    const auto mine = cli::own_revisions_if_known(context_, history);
    MigrationLintOptions lint;
    for (history::Index each = 0; each < history.size(); ++each) {
      if (!applied[each] && (!mine || (*mine)[each])) {
        lint.files.push_back(context_.project.repository_root + "/" + history[each].path);
      }
    }
    if (!lint.files.empty()) {
      add(make_migration_lint(lint));
      std::erase_if(outcome_.findings, [](const finding::Finding& each) {
        return each.rule == unreviewed || each.severity != finding::Severity::error;
      });
    }
    return {};
  }

  [[nodiscard]] Result<void> upgrade(Place& place) const {
    const auto done = place.session().upgrade(
        "head", [&](const std::string& revision) { context_.detail("upgrade to " + revision); });
    if (!done) {
      return base::failure(done.error());
    }
    return {};
  }

  Result<cli::Outcome> finish(Place& place, const alembic::Session::Made& made) {
    const std::string& path = made.path;
    const std::string shown = project::relative_to_project(context_.project, path);
    context_.note("made " + shown);
    outcome_.summary["revision"] = made.revision;
    outcome_.summary["path"] = shown;
    if (options_.with_seed) {
      if (auto written = write_seed(made.revision); !written) {
        return base::failure(std::move(written.error()));
      }
    }
    if (options_.is_plain) {
      outcome_.looked_at = fmt::format("{}: read it before it is committed", shown);
      return std::move(outcome_);
    }
    check(path);
    if (has_errors()) {
      outcome_.looked_at = fmt::format("{}, not applied; mend it and run migrate", shown);
      return std::move(outcome_);
    }
    if (auto applied = upgrade(place); !applied) {
      base::Error error = std::move(applied.error());
      error.help += fmt::format("{}{} stays as it was made: mend it, or remove it",
                                error.help.empty() ? "" : "\n", shown);
      return base::failure(std::move(error));
    }
    outcome_.summary["applied"] = true;
    DriftOptions drift;
    if (place.ground) {
      drift.live.dsn = place.ground->dsn;
    }
    drift.live.binaries = options_.binaries;
    drift.live.timeout = options_.own.timeout;
    add(make_drift(drift));
    outcome_.looked_at = fmt::format("{}, applied to {}", shown, place.shown());
    return std::move(outcome_);
  }

  Result<void> write_seed(const std::string& revision) {
    const std::string path = fmt::format("{}/{}.py", context_.project.settings.seeds, revision);
    std::string message;
    std::copy_if(options_.message->begin(), options_.message->end(), std::back_inserter(message),
                 [](char each) { return each != '"' && each != '\\' && each != '\n'; });
    const std::string text =
        fmt::format("\"\"\"{}\"\"\"\n\n\nasync def seed(connection) -> None:\n    pass\n", message);
    std::error_code ignored;  // write_file() says what it lacks
    std::filesystem::create_directories(
        std::filesystem::path(context_.project.repository_root) / context_.project.settings.seeds,
        ignored);
    auto written = base::write_file(context_.project.repository_root, path, text);
    if (written) {
      const std::string shown = project::relative_to_project(context_.project, path);
      context_.note(fmt::format("made {}, a stub: it does not run until it does something", shown));
      outcome_.summary["seed"] = shown;
    }
    return written;
  }

  void check(const std::string& path) {
    MigrationLintOptions lint{.files = {context_.project.repository_root + "/" + path}};
    add(make_migration_lint(lint));
    std::erase_if(outcome_.findings, [&](const finding::Finding& each) {
      return each.rule == unreviewed && each.path == path;
    });
    CheckHeadsOptions heads;
    add(make_check_heads(heads));
    CheckLinearHistoryOptions order;
    add(make_check_linear_history(order));
  }

  void add(const cli::Tool& tool) {
    context_.note(fmt::format("{}", tool.name));
    auto found = tool.run(context_);
    if (!found) {
      outcome_.errors.push_back(std::move(found.error()));
      return;
    }
    std::move(found->findings.begin(), found->findings.end(),
              std::back_inserter(outcome_.findings));
    std::move(found->errors.begin(), found->errors.end(), std::back_inserter(outcome_.errors));
  }

  [[nodiscard]] bool has_errors() const {
    return !outcome_.errors.empty() ||
           std::any_of(outcome_.findings.begin(), outcome_.findings.end(),
                       [](const finding::Finding& each) {
                         return each.severity == finding::Severity::error;
                       });
  }

  const cli::Context& context_;
  const MigrationAutoOptions& options_;
  cli::Outcome outcome_;
};

std::vector<finding::RuleInfo> all_rules() {
  MigrationLintOptions lint;
  CheckHeadsOptions heads;
  CheckLinearHistoryOptions order;
  DriftOptions drift;
  std::vector<finding::RuleInfo> rules;
  for (const cli::Tool& tool : {make_migration_lint(lint), make_check_heads(heads),
                                make_check_linear_history(order), make_drift(drift)}) {
    rules.insert(rules.end(), tool.rules.begin(), tool.rules.end());
  }
  return rules;
}

}  // namespace

cli::Tool make_migration_auto(MigrationAutoOptions& options) {
  options.rules = all_rules();
  cli::Tool tool{
      .name = "migration-auto",
      .summary = "Makes a migration from the models, checks it and applies it.",
      .rules = options.rules,
      .flags = {{.name = "-m,--message",
                 .value_name = "TEXT",
                 .help = "what the migration does",
                 .target = &options.message},
                {.name = "--seed",
                 .help = "make a stub of a seed script for it",
                 .target = &options.with_seed},
                {.name = "--private",
                 .help = "on a private server, whatever DSN is set",
                 .target = &options.is_private},
                {.name = "--plain",
                 .help = "no more than `alembic revision --autogenerate`: the database must be at "
                         "head, and nothing is checked",
                 .target = &options.is_plain},
                {.name = "--postgres-bin",
                 .value_name = "DIR",
                 .help = "the folder of initdb and postgres for a private server",
                 .target = &options.binaries}},
      .run = [&options](const cli::Context& context) {
        return MigrationAuto(context, options).run();
      }};
  for (cli::Flag& flag : live::own_flags(options.own)) {
    tool.flags.push_back(std::move(flag));
  }
  return tool;
}

}  // namespace gauger::tools
