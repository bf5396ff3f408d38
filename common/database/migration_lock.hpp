// One migrator at a time: the advisory lock under which a project's own database is changed.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "database/connection.hpp"

namespace gauger::database {

// The lock's key: "gauger" in ASCII. Advisory locks belong to a database (manual, "Advisory
// Locks"), so its name is no part of the key, and anybody can take the same lock in one line:
// SELECT pg_try_advisory_lock(113668279199090).
inline constexpr std::int64_t migration_lock_key = 0x67'61'75'67'65'72;

struct MigrationLockOptions {
  std::string dsn{};     // of the database that is changed
  std::string holder{};  // what others are told holds it: "migrate"
  // How long to wait for another holder; zero: not at all, nothing: as long as it takes.
  std::optional<std::chrono::milliseconds> timeout{};
  // Told who holds the lock, at first and whenever that changes: "'gauger migrate on web-1 (process
  // 7)', user app, server process 4711, connected since …".
  std::function<void(std::string_view)> waiting{};
};

// Held by a session of its own, which is idle and in no transaction, while waiting too: one that
// waited in a query would hold a snapshot, and a CREATE INDEX CONCURRENTLY of the holder would wait
// for it for ever. Released with its owner, however that ends.
class MigrationLock {
 public:
  // Errors (configuration): see Connection::open. Errors (database): no connection; another holds
  // the lock and the time is over; the connection goes through a proxy that pools transactions,
  // where a session's lock would belong to whoever comes next.
  [[nodiscard]] static base::Result<MigrationLock> take(const MigrationLockOptions& options);

  // Whether the lock is still held. To be asked before each step, and while one runs: nobody else
  // notices when the session dies. Waits for a network that does not answer for ten seconds.
  //
  // Error (database): it is not, or that cannot be known.
  [[nodiscard]] base::Result<void> check();

 private:
  MigrationLock(Connection session, std::string process)
      : session_(std::move(session)), process_(std::move(process)) {}

  Connection session_;
  std::string process_;  // the server's, which has the lock
};

}  // namespace gauger::database
