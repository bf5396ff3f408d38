#include "live/workshop.hpp"

#include <chrono>

#include "database/read_catalog.hpp"
#include "live/options.hpp"

namespace gauger::live {

using base::Result;

Result<alembic::Interpreter> Workshop::start_python(const cli::Context& context,
                                                    const WorkshopOptions& options) {
  if (auto checked = check_timeout(options.timeout); !checked) {
    return base::failure(std::move(checked.error()));
  }
  return alembic::Interpreter::start(context.project,
                                     {.environment = options.environment,
                                      .timeout = std::chrono::seconds(options.timeout),
                                      .meanwhile = [waiting = options.waiting]() -> Result<void> {
                                        if (waiting) {
                                          waiting();
                                        }
                                        return {};
                                      }});
}

catalog::QualifiedName qualified(const alembic::SchemaName& name) {
  return {name.schema.empty() ? "public" : name.schema, name.name};
}

Result<Workshop> Workshop::open(const cli::Context& context, const WorkshopOptions& options) {
  auto interpreter = start_python(context, options);
  if (!interpreter) {
    return base::failure(std::move(interpreter.error()));
  }
  return open(context, options, std::move(*interpreter));
}

Result<Workshop> Workshop::open(const cli::Context& context, const WorkshopOptions& options,
                                alembic::Interpreter interpreter) {
  auto scratch =
      database::ScratchDatabase::create({.dsn = options.dsn, .purpose = options.purpose});
  if (!scratch) {
    return base::failure(std::move(scratch.error()));
  }
  auto connection = database::Connection::open(scratch->dsn());
  if (!connection) {
    return base::failure(std::move(connection.error()));
  }
  const auto identity = connection->query(alembic::identity_sql());
  if (!identity) {
    return base::failure(identity.error());
  }
  auto session = alembic::Session::start(context.project,
                                         {.dsn = scratch->dsn(),
                                          .database = scratch->name(),
                                          .identity = identity->at(0).at(0).value_or(""),
                                          .environment = options.environment,
                                          .timeout = std::chrono::seconds(options.timeout),
                                          .tables_sql = options.tables_sql},
                                         std::move(interpreter));
  if (!session) {
    return base::failure(std::move(session.error()));
  }
  return Workshop(std::move(*scratch), std::move(*connection), std::move(*session));
}

Result<catalog::Catalog> Workshop::read() { return database::read_catalog(connection_); }

}  // namespace gauger::live
