// The project's own database, for the tools that are there to write it: migrate, run-seeds.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "alembic/session.hpp"
#include "base/result.hpp"
#include "cli/flag.hpp"
#include "cli/run_tool.hpp"
#include "database/connection.hpp"
#include "database/migration_lock.hpp"
#include "live/surroundings.hpp"

namespace gauger::live {

struct OwnOptions {
  std::optional<std::string> dsn{};           // nothing: the environment's or .env's
  std::optional<std::string> lock_timeout{};  // seconds; nothing: as long as it takes
  int timeout = 600;                          // seconds for each step of the project's own code
};

// --dsn, --lock-timeout and --timeout. `options` must outlive the parse.
[[nodiscard]] std::vector<cli::Flag> own_flags(OwnOptions& options);

// What the project's code has printed, under --verbose.
void show_output(const cli::Context& context, const alembic::Session& session);

// Under the lock against other migrators, which is watched while the project's code runs: where it
// is lost, that code is ended. A session of the project's Alembic whose guard knows that this
// database is meant; GAUGER_MIGRATION_LOCK=held tells it that the lock is taken.
class OwnDatabase {
 public:
  // `holder`: the tool's name, for those who wait.
  //
  // Errors (usage, configuration): no DSN, or no number. Errors (database): see MigrationLock.
  [[nodiscard]] static base::Result<OwnDatabase> open(const cli::Context& context,
                                                      const OwnOptions& options,
                                                      const Surroundings& surroundings,
                                                      const std::string& holder);

  OwnDatabase(OwnDatabase&&) = default;
  OwnDatabase& operator=(OwnDatabase&&) = default;
  OwnDatabase(const OwnDatabase&) = delete;
  OwnDatabase& operator=(const OwnDatabase&) = delete;
  // Where the project's code was given up, the statements that it has left running are ended before
  // the lock is released.
  ~OwnDatabase();

  [[nodiscard]] alembic::Session& session() { return session_; }
  [[nodiscard]] database::Connection& connection() { return connection_; }
  [[nodiscard]] database::MigrationLock& lock() { return *lock_; }
  [[nodiscard]] const std::string& dsn() const { return dsn_; }  // not masked
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  OwnDatabase(std::string dsn, std::string name, std::unique_ptr<database::MigrationLock> lock,
              database::Connection connection, alembic::Session session)
      : dsn_(std::move(dsn)),
        name_(std::move(name)),
        lock_(std::move(lock)),
        connection_(std::move(connection)),
        session_(std::move(session)) {}

  std::string dsn_;
  std::string name_;
  // In this order: the project's code ends before the lock is released.
  std::unique_ptr<database::MigrationLock> lock_;
  database::Connection connection_;
  alembic::Session session_;
};

}  // namespace gauger::live
