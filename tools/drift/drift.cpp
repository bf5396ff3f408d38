#include "tools/drift/drift.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/counted.hpp"
#include "base/dsn.hpp"
#include "catalog/diff.hpp"
#include "database/read_catalog.hpp"
#include "live/surroundings.hpp"
#include "live/workshop.hpp"
#include "tools/drift/allowances.hpp"
#include "tools/drift/findings.hpp"
#include "tools/drift/models.hpp"
#include "tools/drift/scope.hpp"

namespace gauger::tools {
namespace {

using base::Result;
using catalog::Catalog;
using catalog::Difference;
using live::Workshop;

// A side of the comparison.
struct Side {
  std::string name;
  Catalog catalog;
};

struct Sides {
  Side left;
  Side right;
  Comparison comparison = Comparison::with_models;
};

// The live database: the session cannot write.
Result<Catalog> read_live(const std::string& dsn, int scratch_version) {
  auto connection = database::Connection::open(dsn);
  if (!connection) {
    return base::failure(std::move(connection.error()));
  }
  if (auto set = connection->query("SET default_transaction_read_only = on"); !set) {
    return base::failure(std::move(set.error()));
  }
  constexpr int major = 10000;
  if (connection->server_version() / major != scratch_version / major) {
    return base::failure(
        {.kind = base::ErrorKind::database,
         .message = fmt::format("the database runs PostgreSQL {}, the scratch databases {}: they "
                                "write the same expression in two ways",
                                connection->server_version() / major, scratch_version / major),
         .help =
             "name a folder with that version's initdb by --postgres-bin, or a server by --dsn"});
  }
  return database::read_catalog(*connection);
}

class Drift {
 public:
  Drift(const cli::Context& context, const DriftOptions& options)
      : context_(context), options_(options) {}

  Result<cli::Outcome> run() {
    auto surroundings = live::surroundings(context_);
    if (!surroundings) {
      return base::failure(std::move(surroundings.error()));
    }
    surroundings_ = std::move(*surroundings);
    auto ground = live::find_ground(context_, options_.live, surroundings_.env_file);
    if (!ground) {
      return base::failure(std::move(ground.error()));
    }
    auto first = make_workshop(*ground);
    if (!first) {
      return base::failure(std::move(first.error()));
    }
    auto settings = first->session().settings();
    if (!settings) {
      return base::failure(std::move(settings.error()));
    }
    scope_.settings = std::move(*settings);
    scope_.ignored_tables = context_.project.settings.drift.ignore_tables;
    if (needs_models() && !scope_.settings.has_metadata) {
      return cli::Outcome{.looked_at = "env.py sets no target_metadata to compare with",
                          .configured = false};
    }
    auto sides = make_sides(*ground, *first);
    if (!sides) {
      return base::failure(std::move(sides.error()));
    }
    return compare(*sides, *first);
  }

 private:
  [[nodiscard]] bool needs_models() const {
    return !options_.database || options_.against == "models";
  }

  [[nodiscard]] Result<Workshop> make_workshop(const live::Ground& ground) const {
    return Workshop::open(context_, {.dsn = ground.dsn,
                                     .purpose = "drift",
                                     .environment = surroundings_.project,
                                     .timeout = options_.live.timeout});
  }

  Result<Catalog> migrate(Workshop& workshop) {
    const auto done = workshop.session().upgrade(
        "heads", [&](const std::string& revision) { context_.detail("upgrade to " + revision); });
    if (!done) {
      return base::failure(done.error());
    }
    context_.note(fmt::format("{} applied", base::counted(done->size(), "revision")));
    revisions_ = done->size();
    return workshop.read();
  }

  // Models may need what only migrations make: these run first, in any case.
  Result<Catalog> create_models(const live::Ground& ground, Workshop& migrations,
                                const Catalog& migrated) {
    auto workshop = make_workshop(ground);
    if (!workshop) {
      return base::failure(std::move(workshop.error()));
    }
    if (auto prepared = prepare_for_models(context_, workshop->connection(),
                                           migrations.connection(), migrated, scope_.settings);
        !prepared) {
      return base::failure(std::move(prepared.error()));
    }
    if (auto created = workshop->session().create_all(); !created) {
      return base::failure(std::move(created.error()));
    }
    drop_unneeded(workshop->connection(), migrated, scope_.settings);
    context_.note(fmt::format("{} of the models created",
                              base::counted(scope_.settings.tables.size(), "table")));
    return workshop->read();
  }

  Result<Sides> make_sides(const live::Ground& ground, Workshop& first) {
    server_version_ = first.connection().server_version();
    Sides sides;
    if (options_.database) {
      auto live = read_live(*options_.database, server_version_);
      if (!live) {
        return base::failure(std::move(live.error()));
      }
      sides.left = {"the database " + base::mask_dsn(*options_.database), std::move(*live)};
    }
    auto migrated = migrate(first);
    if (!migrated) {
      return base::failure(std::move(migrated.error()));
    }
    if (needs_models()) {
      auto models = create_models(ground, first, *migrated);
      if (!models) {
        return base::failure(std::move(models.error()));
      }
      sides.right = {"the models", std::move(*models)};
      if (!options_.database) {
        sides.left = {"the migrations", std::move(*migrated)};
      }
    } else {
      sides.right = {"the migrations", std::move(*migrated)};
      sides.comparison = Comparison::between_databases;
    }
    return sides;
  }

  Result<cli::Outcome> compare(Sides& sides, Workshop& first) {
    scope_.comparison = sides.comparison;
    std::vector<alembic::Excluded> excluded;
    if (scope_.settings.has_filters && scope_.settings.has_metadata) {
      auto tables = candidates(sides.left.catalog, sides.right.catalog, scope_);
      mark_existing(tables, first);
      auto answer = first.session().excluded(tables);
      if (!answer) {
        return base::failure(std::move(answer.error()));
      }
      excluded = std::move(*answer);
    }
    const std::set<std::string> foreign =
        restrict(sides.left.catalog, sides.right.catalog, scope_, excluded);
    return report(sides, excluded.size(), foreign);
  }

  // Of the session's own database, which is not the live one.
  void mark_existing(std::vector<alembic::Candidate>& tables, Workshop& first) const {
    if (!options_.database) {
      return;
    }
    const auto migrated = first.read();
    for (alembic::Candidate& table : tables) {
      table.exists = migrated && migrated->tables.contains({table.schema, table.table});
    }
  }

  [[nodiscard]] cli::Outcome report(const Sides& sides, std::size_t excluded,
                                    const std::set<std::string>& foreign_schemas) const {
    std::vector<Allowance> allowances =
        read_allowances(context_.project.settings, context_.environment, surroundings_.env_file);
    cli::Outcome outcome;
    base::Json differences = base::Json::array();
    base::Json allowed = base::Json::array();
    for (const Difference& difference : diff(sides.left.catalog, sides.right.catalog)) {
      if (allows(allowances, difference)) {
        allowed.push_back(display(difference));
      } else {
        differences.push_back(describe(difference));
        outcome.findings.push_back(judge(difference));
      }
    }
    for (const Allowance& allowance : allowances) {
      if (!allowance.used) {
        outcome.findings.push_back(judge_unused(allowance, context_.project));
      }
    }
    const Catalog& right = sides.right.catalog;
    outcome.looked_at = fmt::format(
        "{} and {} compared: {}, {}; {} allowed, {} left out by env.py; not compared: {}{}{}",
        sides.left.name, sides.right.name, base::counted(right.tables.size(), "table"),
        base::counted(right.enums.size(), "enum"), allowed.size(), excluded,
        not_compared(sides.comparison),
        foreign_schemas.empty()
            ? ""
            : "; nor what is in schemas that are neither a model's nor public: ",
        fmt::join(foreign_schemas, ", "));
    outcome.summary = {{"left", sides.left.name},
                       {"right", sides.right.name},
                       {"server_version", server_version_},
                       {"revisions", revisions_},
                       {"tables", right.tables.size()},
                       {"enums", right.enums.size()},
                       {"differences", std::move(differences)},
                       {"allowed", std::move(allowed)},
                       {"excluded", excluded},
                       {"not_compared", not_compared(sides.comparison)},
                       {"foreign_schemas", foreign_schemas}};
    return outcome;
  }

  const cli::Context& context_;
  const DriftOptions& options_;
  live::Surroundings surroundings_;
  Scope scope_;
  std::size_t revisions_ = 0;
  int server_version_ = 0;
};

}  // namespace

cli::Tool make_drift(DriftOptions& options) {
  cli::Tool tool{
      .name = "drift",
      .summary = "Do models, migrations and database agree?",
      .rules = drift_rules(),
      .flags = {{.name = "--database",
                 .value_name = "DSN",
                 .help = "compare this database, which is only read",
                 .target = &options.database},
                {.name = "--against",
                 .value_name = "SIDE",
                 .help = "what --database is compared with (default: migrations)",
                 .target = &options.against,
                 .choices = {"migrations", "models"}}},
      .run = [&options](const cli::Context& context) { return Drift(context, options).run(); }};
  for (cli::Flag& flag : live::flags(options.live)) {
    tool.flags.push_back(std::move(flag));
  }
  return tool;
}

}  // namespace gauger::tools
