// Where the sides of a comparison are made: scratch databases, and the project's Alembic on them.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "alembic/session.hpp"
#include "base/result.hpp"
#include "catalog/catalog.hpp"
#include "cli/run_tool.hpp"
#include "database/connection.hpp"
#include "database/scratch.hpp"
#include "database/server.hpp"
#include "tools/drift/drift.hpp"

namespace gauger::tools {

// A server to make scratch databases on: a private one, or another's.
struct Ground {
  std::optional<database::Server> server;  // nothing: another's
  std::string dsn;
};
// --dsn, [database] scratch = "environment" (with the DSN of the environment or .env), else a
// server of our own.
[[nodiscard]] base::Result<Ground> find_ground(const cli::Context& context,
                                               const DriftOptions& options,
                                               const alembic::Environment& env_file);

// A scratch database, a connection to it, and the project's Alembic in it.
class Workshop {
 public:
  [[nodiscard]] static base::Result<Workshop> open(const cli::Context& context,
                                                   database::ScratchDatabase database,
                                                   const alembic::Environment& environment,
                                                   int timeout);

  [[nodiscard]] alembic::Session& session() { return session_; }
  [[nodiscard]] int server_version() const { return connection_.server_version(); }
  [[nodiscard]] base::Result<catalog::Catalog> read();
  // Makes what models need and cannot make themselves: extensions, schemas, functions, and domains
  // that are not among the models' types. What fails is told to `context`.
  [[nodiscard]] base::Result<void> prepare_for_models(const cli::Context& context,
                                                      const catalog::Catalog& migrated,
                                                      const alembic::EnvironmentSettings& models);

 private:
  Workshop(database::ScratchDatabase database, database::Connection connection,
           alembic::Session session)
      : database_(std::move(database)),
        connection_(std::move(connection)),
        session_(std::move(session)) {}

  // In this order: the session ends before the database is dropped.
  database::ScratchDatabase database_;
  database::Connection connection_;
  alembic::Session session_;
};

}  // namespace gauger::tools
