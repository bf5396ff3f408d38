#include "database/migration_lock.hpp"

#include <algorithm>
#include <array>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace gauger::database {
namespace {

using namespace std::chrono_literals;
using base::Result;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds poll_interval = 500ms;

base::Error problem(std::string message, std::string help = {}) {
  return {
      .kind = base::ErrorKind::database, .message = std::move(message), .help = std::move(help)};
}

// A condition on pg_locks. A key of 64 bits stands in classid and objid, with 1 in objsubid.
std::string is_granted() {
  constexpr auto high = static_cast<std::uint32_t>(migration_lock_key >> 32U);
  constexpr auto low = static_cast<std::uint32_t>(migration_lock_key & 0xFFFFFFFF);
  return fmt::format(
      "l.locktype = 'advisory' AND l.granted AND l.classid = {} AND l.objid = {} AND l.objsubid = "
      "1 AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = "
      "pg_catalog.current_database())",
      high, low);
}

// "gauger migrate on web-1 (process 7)", within the server's 63 bytes.
std::string session_name(std::string_view holder) {
  std::array<char, 256> host{};
  if (::gethostname(host.data(), host.size() - 1) != 0) {
    host[0] = '\0';
  }
  const std::string process = fmt::format(" (process {})", ::getpid());
  std::string name = fmt::format("gauger {} on {}", holder, host.data());
  name.resize(std::min(name.size(), 63 - process.size()));
  return name + process;
}

// No setting of the server or the role may end the session, and a dead network ends it soon.
Result<Connection> open_session(const MigrationLockOptions& options) {
  Result<Connection> session = Connection::open(options.dsn, {{"keepalives_idle", "5"},
                                                              {"keepalives_interval", "2"},
                                                              {"keepalives_count", "3"},
                                                              {"tcp_user_timeout", "10000"}});
  if (!session) {
    return session;
  }
  std::string settings =
      fmt::format("SET statement_timeout = 0; SET lock_timeout = 0; SET application_name = {}",
                  quote_literal(session_name(options.holder)));
  // Of PostgreSQL 14.
  if (session->server_version() >= 140000) {
    settings += "; SET idle_session_timeout = 0";
  }
  if (auto set = session->query(settings); !set) {
    return base::failure(std::move(set.error()));
  }
  return session;
}

Result<std::string> value(Connection& session, std::string_view sql) {
  auto rows = session.query(sql);
  if (!rows) {
    return base::failure(std::move(rows.error()));
  }
  return rows->empty() ? std::string() : rows->at(0).at(0).value_or("");
}

constexpr std::string_view process_sql = "SELECT pg_catalog.pg_backend_pid()";

base::Error pooled() {
  return problem(
      "the connection goes through a proxy that pools transactions: a lock would not stay with "
      "this session",
      "connect to the server itself, or to a pool of sessions (PgBouncer: pool_mode = session)");
}

// The server's process of the session. A proxy that pools transactions lends the same one to
// another session, or another one to this session while that is in a transaction. Several, since a
// busy pool may have lent it to strangers.
Result<std::string> find_process(Connection& session, const std::string& dsn) {
  auto process = value(session, process_sql);
  std::vector<Connection> guests;
  constexpr std::size_t enough = 3;
  while (process && guests.size() < enough) {
    auto guest = Connection::open(dsn);
    if (!guest) {
      return base::failure(std::move(guest.error()));
    }
    guests.push_back(std::move(*guest));
    const auto begun = guests.back().query("BEGIN");
    const auto theirs = value(guests.back(), process_sql);
    const auto again = value(session, process_sql);
    if (!begun || !theirs || !again) {
      return base::failure(!begun ? begun.error() : !theirs ? theirs.error() : again.error());
    }
    if (*theirs == *process || *again != *process) {
      return base::failure(pooled());
    }
  }
  return process;
}

// Others' addresses are for superusers and monitors only: absent to the rest.
Result<std::string> holder(Connection& session) {
  return value(
      session,
      "SELECT concat('''' || nullif(a.application_name, '') || ''', ', 'user ' || a.usename || "
      "', ', 'server process ', l.pid, ', from ' || host(a.client_addr), ', connected "
      "since ' || date_trunc('second', a.backend_start)) FROM "
      "pg_catalog.pg_locks l LEFT JOIN pg_catalog.pg_stat_activity a USING (pid) WHERE " +
          is_granted());
}

}  // namespace

Result<MigrationLock> MigrationLock::take(const MigrationLockOptions& options) {
  auto session = open_session(options);
  if (!session) {
    return base::failure(std::move(session.error()));
  }
  auto process = find_process(*session, options.dsn);
  if (!process) {
    return base::failure(std::move(process.error()));
  }
  const auto begin = Clock::now();
  std::string known;
  while (true) {
    const auto taken =
        value(*session,
              fmt::format("SELECT pg_catalog.pg_try_advisory_lock({})::int", migration_lock_key));
    if (!taken) {
      return base::failure(taken.error());
    }
    if (*taken == "1") {
      break;
    }
    auto found = holder(*session);
    if (!found) {
      return base::failure(std::move(found.error()));
    }
    // Nobody: it has gone in this moment.
    if (!found->empty() && *found != known) {
      known = std::move(*found);
      if (options.waiting) {
        options.waiting(known);
      }
    }
    const auto passed = Clock::now() - begin;
    if (options.timeout && passed >= *options.timeout) {
      return base::failure(problem(
          fmt::format("another migrator holds the lock: {}", known.empty() ? "unknown" : known),
          "wait for it, or raise --lock-timeout"));
    }
    std::this_thread::sleep_for(
        options.timeout ? std::min<Clock::duration>(poll_interval, *options.timeout - passed)
                        : Clock::duration(poll_interval));
  }
  MigrationLock lock(std::move(*session), std::move(*process));
  if (auto held = lock.check(); !held) {
    return base::failure(std::move(held.error()));
  }
  return lock;
}

Result<void> MigrationLock::check() {
  const auto found = value(
      session_,
      fmt::format("SELECT pg_catalog.pg_backend_pid() || '/' || count(*) FROM pg_catalog.pg_locks "
                  "l WHERE l.pid = pg_catalog.pg_backend_pid() AND {}",
                  is_granted()));
  if (!found) {
    return base::failure(
        problem(fmt::format("the lock against other migrators is lost: {}", found.error().message),
                "look at what was done before going on: another may be migrating by now"));
  }
  if (!found->starts_with(process_ + '/')) {
    return base::failure(pooled());
  }
  if (*found != process_ + "/1") {
    return base::failure(problem("the lock against other migrators was released by somebody else"));
  }
  return {};
}

}  // namespace gauger::database
