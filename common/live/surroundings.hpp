// What a run of the project's own code starts from.
#pragma once

#include <optional>
#include <string>

#include "alembic/session.hpp"
#include "base/result.hpp"
#include "cli/run_tool.hpp"
#include "database/server.hpp"
#include "live/options.hpp"

namespace gauger::live {

// The environment of this process and what the project's files add to it.
struct Surroundings {
  alembic::Environment env_file{};  // the .env alone
  alembic::Environment project{};   // of the project's own code: see alembic::project_environment
};
// Error (configuration): the .env cannot be read.
[[nodiscard]] base::Result<Surroundings> surroundings(const cli::Context& context);

// A server to make scratch databases on: a private one, or another's.
struct Ground {
  std::optional<database::Server> server{};  // nothing: another's
  std::string dsn{};
};
// --dsn, [database] scratch = "environment" (with the DSN of the environment or .env), else a
// server of our own.
[[nodiscard]] base::Result<Ground> find_ground(const cli::Context& context, const Options& options,
                                               const alembic::Environment& env_file);

// The DSN that the environment or .env names, by project::dsn_variables(): the project's own
// database.
[[nodiscard]] std::optional<std::string> project_dsn(const cli::Context& context,
                                                     const alembic::Environment& env_file);

}  // namespace gauger::live
