#include "tools/drift/workshop.hpp"

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "catalog/diff.hpp"
#include "catalog/render.hpp"
#include "database/read_catalog.hpp"
#include "project/environment.hpp"

namespace gauger::tools {
namespace {

using base::Result;
using catalog::Catalog;

// What is in `catalog` and must be there before models can be created.
Catalog needed_by_models(const Catalog& catalog, const alembic::EnvironmentSettings& models) {
  Catalog needed{
      .functions = catalog.functions, .schemas = catalog.schemas, .extensions = catalog.extensions};
  for (const auto& [name, domain] : catalog.domains) {
    const alembic::SchemaName type{name.schema == "public" ? "" : name.schema, name.name};
    if (std::find(models.types.begin(), models.types.end(), type) == models.types.end()) {
      needed.domains.emplace(name, domain);
    }
  }
  return needed;
}

}  // namespace

Result<Ground> find_ground(const cli::Context& context, const DriftOptions& options,
                           const alembic::Environment& env_file) {
  const project::Settings& settings = context.project.settings;
  if (options.dsn) {
    return Ground{.server = {}, .dsn = *options.dsn};
  }
  if (settings.database.scratch == project::ScratchKind::environment) {
    const std::vector<std::string> names = project::dsn_variables(settings);
    for (const std::string& name : names) {
      if (auto dsn = project::find_variable(name, context.environment, env_file)) {
        return Ground{.server = {}, .dsn = *std::move(dsn)};
      }
    }
    return base::failure(
        {.kind = base::ErrorKind::configuration,
         .message = fmt::format("scratch databases are wanted beside a DSN's, and {} is not set",
                                fmt::join(names, " or ")),
         .help = "set it, or leave [database] scratch at \"private\""});
  }
  auto server = database::Server::start({.binaries = options.binaries.value_or("")});
  if (!server) {
    return base::failure(std::move(server.error()));
  }
  std::string dsn = server->dsn();
  return Ground{.server = std::move(*server), .dsn = std::move(dsn)};
}

Result<Workshop> Workshop::open(const cli::Context& context, database::ScratchDatabase database,
                                const alembic::Environment& environment, int timeout) {
  auto connection = database::Connection::open(database.dsn());
  if (!connection) {
    return base::failure(std::move(connection.error()));
  }
  const auto identity = connection->query(alembic::identity_sql());
  if (!identity) {
    return base::failure(identity.error());
  }
  auto session =
      alembic::Session::start(context.project, {.dsn = database.dsn(),
                                                .database = database.name(),
                                                .identity = identity->at(0).at(0).value_or(""),
                                                .environment = environment,
                                                .timeout = std::chrono::seconds(timeout)});
  if (!session) {
    return base::failure(std::move(session.error()));
  }
  return Workshop(std::move(database), std::move(*connection), std::move(*session));
}

Result<Catalog> Workshop::read() { return database::read_catalog(connection_); }

Result<void> Workshop::prepare_for_models(const cli::Context& context, const Catalog& migrated,
                                          const alembic::EnvironmentSettings& models) {
  std::vector<std::string> statements;
  for (const catalog::Difference& missing : diff({}, needed_by_models(migrated, models))) {
    for (std::string& line : catalog::sql(missing)) {
      statements.push_back(std::move(line));
    }
  }
  // A function's body may name tables that come later.
  if (auto set = connection_.query("SET check_function_bodies = off"); !set) {
    return base::failure(std::move(set.error()));
  }
  // They may need each other, in any order: as long as one succeeds, the others are tried again.
  std::vector<std::string> messages;
  std::size_t left = statements.size() + 1;
  while (!statements.empty() && statements.size() < left) {
    left = statements.size();
    messages.clear();
    std::erase_if(statements, [&](const std::string& statement) {
      const auto done = connection_.query(statement);
      if (!done) {
        messages.push_back(done.error().message);
      }
      return done.has_value();
    });
  }
  for (std::size_t i = 0; i < statements.size(); ++i) {
    context.detail(fmt::format("not copied for the models: {}: {}", statements[i], messages[i]));
  }
  return {};
}

}  // namespace gauger::tools
