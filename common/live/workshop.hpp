// A scratch database, a connection to it, and the project's Alembic in it.
#pragma once

#include <functional>
#include <string>
#include <utility>

#include "alembic/session.hpp"
#include "base/result.hpp"
#include "catalog/catalog.hpp"
#include "cli/run_tool.hpp"
#include "database/connection.hpp"
#include "database/scratch.hpp"

namespace gauger::live {

// A name that the project's code gives, as the catalog has it: without a schema it is in public.
[[nodiscard]] catalog::QualifiedName qualified(const alembic::SchemaName& name);

struct WorkshopOptions {
  std::string dsn{};                   // the scratch database is made beside it
  std::string purpose{};               // a part of its name: "smoke"
  alembic::Environment environment{};  // of the project's own code
  int timeout = 600;                   // seconds for each request
  std::string tables_sql{};            // see alembic::SessionOptions
  std::function<void()> waiting{};  // called each second while the project's code does not answer
};

class Workshop {
 public:
  [[nodiscard]] static base::Result<Workshop> open(const cli::Context& context,
                                                   const WorkshopOptions& options);
  // With a Python that was started before, by the same options.
  [[nodiscard]] static base::Result<Workshop> open(const cli::Context& context,
                                                   const WorkshopOptions& options,
                                                   alembic::Interpreter interpreter);
  // Of the options it takes environment, timeout and waiting.
  [[nodiscard]] static base::Result<alembic::Interpreter> start_python(
      const cli::Context& context, const WorkshopOptions& options);

  [[nodiscard]] alembic::Session& session() { return session_; }
  [[nodiscard]] database::Connection& connection() { return connection_; }
  [[nodiscard]] const database::ScratchDatabase& database() const { return database_; }
  [[nodiscard]] base::Result<catalog::Catalog> read();

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

}  // namespace gauger::live
