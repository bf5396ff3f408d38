#include "tools/seed-data-check/seed_data_check.hpp"

#include <iterator>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/counted.hpp"
#include "base/dsn.hpp"
#include "database/connection.hpp"
#include "database/seed_versions.hpp"
#include "eval/module.hpp"
#include "history/excerpt.hpp"
#include "live/seeding.hpp"
#include "live/surroundings.hpp"
#include "live/workshop.hpp"
#include "seed/inserts.hpp"
#include "seed/missing_names.hpp"
#include "seed/read.hpp"
#include "tools/seed-data-check/findings.hpp"
#include "tools/seed-data-check/head.hpp"
#include "tools/seed-data-check/rows.hpp"

namespace gauger::tools {
namespace {

using base::Result;
using finding::Finding;
using seed::Script;

class SeedDataCheck {
 public:
  SeedDataCheck(const cli::Context& context, const SeedDataCheckOptions& options)
      : context_(context), options_(options) {}

  Result<cli::Outcome> run() {
    if (options_.database && (options_.scratch || options_.live.dsn)) {
      return base::failure({.kind = base::ErrorKind::usage,
                            .message = fmt::format(
                                "--database names the database to look at, and {} asks for one of "
                                "its own",
                                options_.scratch ? "--scratch" : "--dsn"),
                            .help = "give one of them"});
    }
    auto surroundings = live::surroundings(context_);
    auto project = live::read_seed_project(context_);
    if (!surroundings || !project) {
      return base::failure(!surroundings ? surroundings.error() : project.error());
    }
    const project::Settings& settings = context_.project.settings;
    const std::vector<Script>& scripts = project->scripts.scripts;
    if (scripts.empty() && settings.seed_data.empty()) {
      return cli::Outcome{
          .looked_at = fmt::format("no [[seed-data]] and no scripts in {}", settings.seeds),
          .configured = false};
    }
    outcome_.errors = std::move(project->scripts.errors);
    check_scripts(*project);
    const auto dsn = find_database(*surroundings);
    auto checked = dsn ? check_database(*dsn, *project) : check_scratch(*surroundings, *project);
    if (!checked) {
      outcome_.errors.push_back(std::move(checked.error()));
    }
    outcome_.looked_at =
        fmt::format("{}: {} in {}, {}", where_, base::counted(rows_, "required row"),
                    base::counted(settings.seed_data.size(), "table"),
                    base::counted(scripts.size(), "seed script"));
    outcome_.summary = {{"database", where_},
                        {"rows", rows_},
                        {"tables", settings.seed_data.size()},
                        {"scripts", scripts.size()},
                        {"run", ran_}};
    return std::move(outcome_);
  }

 private:
  // Nothing: a scratch database. Where the environment's DSN is only the server of these, it is not
  // the database that the rows are in.
  [[nodiscard]] std::optional<std::string> find_database(
      const live::Surroundings& surroundings) const {
    if (options_.database) {
      return options_.database;
    }
    const bool beside =
        context_.project.settings.database.scratch == project::ScratchKind::environment;
    if (options_.scratch || options_.live.dsn || beside) {
      return std::nullopt;
    }
    return live::project_dsn(context_, surroundings.env_file);
  }

  void add(Finding finding) { outcome_.findings.push_back(std::move(finding)); }

  // What needs no database.
  void check_scripts(const live::SeedProject& project) {
    eval::Library library(context_.tree, context_.project.alembic.import_folders);
    history::Sources sources(context_.tree);
    std::set<std::pair<std::string, std::uint32_t>> seen;     // a helper of several scripts
    std::set<std::pair<std::string, std::uint32_t>> lacking;  // likewise
    const auto head = project.scripts.scripts.empty()
                          ? std::nullopt
                          : schema_at_head(context_.tree, context_.project, project.history);
    for (const Script& script : project.scripts.scripts) {
      if (!script.index) {
        add(live::judge_orphan(script, project.history));
      }
      const auto read = seed::read_script(context_.tree, script.path, library);
      if (!read) {
        continue;  // among the errors of the scripts
      }
      for (const seed::RepeatedInsert& insert : seed::repeated_inserts(*read)) {
        if (seen.emplace(insert.place.path, insert.place.span.begin).second) {
          add(judge_insert(insert, script, sources.text(insert.place.path)));
        }
      }
      if (!head) {
        continue;
      }
      for (const seed::MissingName& name : seed::missing_names(*read, *head)) {
        if (lacking.emplace(name.place.path, name.place.span.begin).second) {
          add(judge_missing(name, script, sources.text(name.place.path)));
        }
      }
    }
  }

  // The project's own, which is only read.
  Result<void> check_database(const std::string& dsn, const live::SeedProject& project) {
    where_ = base::mask_dsn(dsn);
    auto connection = database::Connection::open(dsn);
    if (!connection) {
      return base::failure(std::move(connection.error()));
    }
    return read(*connection, project);
  }

  // Upgraded and seeded here.
  Result<void> check_scratch(const live::Surroundings& surroundings,
                             const live::SeedProject& project) {
    where_ = "a scratch database";
    auto ground = live::find_ground(context_, options_.live, surroundings.env_file);
    if (!ground) {
      return base::failure(std::move(ground.error()));
    }
    auto workshop = live::Workshop::open(context_, {.dsn = ground->dsn,
                                                    .purpose = "seed",
                                                    .environment = surroundings.project,
                                                    .timeout = options_.live.timeout});
    if (!workshop) {
      return base::failure(std::move(workshop.error()));
    }
    const auto upgraded = workshop->session().upgrade("heads");
    if (!upgraded) {
      return base::failure(upgraded.error());
    }
    context_.note(fmt::format("{} applied", base::counted(upgraded->size(), "revision")));
    if (auto made = database::create_seed_versions(workshop->connection()); !made) {
      return made;
    }
    std::vector<Script> scripts;
    for (const Script& script : project.scripts.scripts) {
      if (script.index && !script.is_stub) {
        scripts.push_back(script);
      }
    }
    auto seeding = live::run_seeds(context_, workshop->session(), workshop->connection(), scripts);
    if (!seeding) {
      return base::failure(std::move(seeding.error()));
    }
    ran_ = std::move(seeding->ran);
    if (seeding->failure) {
      // What else is missing may be missing for that. The server says more than the text.
      std::erase_if(outcome_.findings, [&](const Finding& each) {
        return each.rule == behind_schema() && each.revision == seeding->failure->revision;
      });
      add(*std::move(seeding->failure));
      return {};
    }
    return read(workshop->connection(), project);
  }

  Result<void> read(database::Connection& connection, const live::SeedProject& project) {
    if (auto begun = connection.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"); !begun) {
      return base::failure(std::move(begun.error()));
    }
    // Values are compared as text: as a scratch server prints them.
    if (auto set = connection.query("SELECT pg_catalog.set_config('TimeZone', 'UTC', true),"
                                    " pg_catalog.set_config('DateStyle', 'ISO, MDY', true),"
                                    " pg_catalog.set_config('IntervalStyle', 'postgres', true),"
                                    " pg_catalog.set_config('bytea_output', 'hex', true)");
        !set) {
      return base::failure(std::move(set.error()));
    }
    if (auto compared = compare_records(connection, project); !compared) {
      return compared;
    }
    auto check = check_rows(connection, context_.project.settings);
    if (!check) {
      return base::failure(std::move(check.error()));
    }
    rows_ = check->rows;
    std::move(check->findings.begin(), check->findings.end(),
              std::back_inserter(outcome_.findings));
    if (auto ended = connection.query("COMMIT"); !ended) {
      return base::failure(std::move(ended.error()));
    }
    return {};
  }

  Result<void> compare_records(database::Connection& connection, const live::SeedProject& project) {
    const auto recorded = database::read_seed_versions(connection);
    if (!recorded) {
      return base::failure(recorded.error());
    }
    const std::set<std::string> done = recorded->value_or(std::set<std::string>());
    for (const Script& script : project.scripts.scripts) {
      if (script.index && !script.is_stub && !done.contains(script.revision)) {
        add(judge_unrecorded(script));
      }
    }
    for (const std::string& revision : done) {
      if (!project.history.find(revision)) {
        add(judge_unknown_record(revision));
      }
    }
    return {};
  }

  const cli::Context& context_;
  const SeedDataCheckOptions& options_;
  cli::Outcome outcome_;
  std::string where_;
  std::size_t rows_ = 0;
  std::vector<std::string> ran_;
};

}  // namespace

cli::Tool make_seed_data_check(SeedDataCheckOptions& options) {
  cli::Tool tool{
      .name = "seed-data-check",
      .summary = "Are the required reference rows there?",
      .rules = seed_data_rules(),
      .flags = {{.name = "--database",
                 .value_name = "DSN",
                 .help = "look at this database, which is only read (default: that of the "
                         "environment or the env-file, else a scratch database, upgraded and "
                         "seeded)",
                 .target = &options.database},
                {.name = "--scratch",
                 .help = "look at a scratch database whatever the environment says",
                 .target = &options.scratch}},
      .run = [&options](const cli::Context& context) {
        return SeedDataCheck(context, options).run();
      }};
  for (cli::Flag& flag : live::flags(options.live)) {
    tool.flags.push_back(std::move(flag));
  }
  return tool;
}

}  // namespace gauger::tools
