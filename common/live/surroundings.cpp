#include "live/surroundings.hpp"

#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "project/environment.hpp"

namespace gauger::live {

using base::Result;

Result<Surroundings> surroundings(const cli::Context& context) {
  auto env_file = project::read_env_file(context.project.settings.database);
  if (!env_file) {
    return base::failure(std::move(env_file.error()));
  }
  auto environment = alembic::project_environment(context.project, context.environment, *env_file);
  return Surroundings{.env_file = std::move(*env_file), .project = std::move(environment)};
}

std::optional<std::string> project_dsn(const cli::Context& context,
                                       const alembic::Environment& env_file) {
  for (const std::string& name : project::dsn_variables(context.project.settings)) {
    if (auto dsn = project::find_variable(name, context.environment, env_file)) {
      return dsn;
    }
  }
  return std::nullopt;
}

Result<Ground> find_ground(const cli::Context& context, const Options& options,
                           const alembic::Environment& env_file) {
  if (options.dsn) {
    return Ground{.dsn = *options.dsn};
  }
  const project::Settings& settings = context.project.settings;
  if (settings.database.scratch == project::ScratchKind::environment) {
    if (auto dsn = project_dsn(context, env_file)) {
      return Ground{.dsn = *std::move(dsn)};
    }
    return base::failure(
        {.kind = base::ErrorKind::configuration,
         .message = fmt::format("scratch databases are wanted beside a DSN's, and {} is not set",
                                fmt::join(project::dsn_variables(settings), " or ")),
         .help = "set it, or leave [database] scratch at \"private\""});
  }
  auto server = database::Server::start({.binaries = options.binaries.value_or("")});
  if (!server) {
    return base::failure(std::move(server.error()));
  }
  std::string dsn = server->dsn();
  return Ground{.server = std::move(*server), .dsn = std::move(dsn)};
}

}  // namespace gauger::live
