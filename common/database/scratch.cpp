#include "database/scratch.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <random>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "database/connection.hpp"
#include "database/dsn.hpp"

namespace gauger::database {
namespace {

using namespace std::chrono_literals;
using base::Result;

// Of the random part: the key of the advisory lock, in hexadecimal.
constexpr std::size_t key_digits = 16;
// NAMEDATALEN - 1, without "gauger_" and "_<key>".
constexpr std::size_t longest_purpose = 63 - 7 - 1 - key_digits;

struct ServerIdentity {
  std::string name;
  std::int64_t key = 0;
};

ServerIdentity new_identity(std::string_view purpose) {
  std::random_device device;
  const std::uint64_t key = (std::uint64_t{device()} << 32U) | device();
  std::string word;
  for (const char byte : purpose.substr(0, longest_purpose)) {
    const bool plain = (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '_';
    word += plain ? byte : '_';
  }
  return {fmt::format("gauger_{}_{:016x}", word.empty() ? "scratch" : word, key),
          static_cast<std::int64_t>(key)};
}

// The sessions of keepers: no setting of the server or the role may end or hold up one.
Result<Connection> open_session(std::string_view dsn) {
  Result<Connection> session = Connection::open(dsn);
  if (!session) {
    return session;
  }
  // PostgreSQL 14 has idle_session_timeout.
  std::string settings = "SET statement_timeout = 0; SET lock_timeout = 0";
  if (session->server_version() >= 140000) {
    settings += "; SET idle_session_timeout = 0";
  }
  if (auto set = session->query(settings); !set) {
    return base::failure(std::move(set.error()));
  }
  return session;
}

// "ENCODING 'UTF8' LC_COLLATE 'C' …" of the session's own database. template0 has no objects that
// an administrator put into template1, takes any locale, and nobody is connected to it.
Result<std::string> like_current(Connection& session) {
  const int version = session.server_version();
  const std::string provider = version >= 150000 ? "datlocprovider" : "'c'";
  const std::string locale = version >= 170000   ? "datlocale"
                             : version >= 150000 ? "daticulocale"
                                                 : "NULL";
  Result<Rows> rows = session.query(
      fmt::format("SELECT pg_encoding_to_char(encoding), datcollate, datctype, {}, {} FROM "
                  "pg_database WHERE datname = current_database()",
                  provider, locale));
  if (!rows) {
    return base::failure(std::move(rows.error()));
  }
  const Row& row = rows->at(0);
  const auto literal = [&](std::size_t cell) { return quote_literal(row[cell].value_or("")); };
  std::string clause = fmt::format("TEMPLATE template0 ENCODING {} LC_COLLATE {} LC_CTYPE {}",
                                   literal(0), literal(1), literal(2));
  if (row[3] == "i") {
    clause += " LOCALE_PROVIDER icu ICU_LOCALE " + literal(4);
  } else if (row[3] == "b") {
    clause += " LOCALE_PROVIDER builtin BUILTIN_LOCALE " + literal(4);
  } else if (version >= 150000) {
    clause += " LOCALE_PROVIDER libc";
  }
  return clause;
}

// What the keeper's process knows.
struct ScratchRun {
  ServerIdentity identity;
  std::optional<Connection> session{};
};

// The lock is held before the database exists: one that exists while nobody holds it has lost its
// run.
Result<std::string> make(const ScratchOptions& options, ScratchRun& run) {
  Result<Connection> session = open_session(options.dsn);
  if (!session) {
    return base::failure(std::move(session.error()));
  }
  run.session.emplace(std::move(*session));
  std::string like = "TEMPLATE " + quote_identifier(options.copy_of);
  if (options.copy_of.empty()) {
    Result<std::string> current = like_current(*run.session);
    if (!current) {
      return current;
    }
    like = std::move(*current);
  }
  for (const std::string& statement :
       {fmt::format("SELECT pg_advisory_lock({})", run.identity.key),
        fmt::format("CREATE DATABASE {} {}", quote_identifier(run.identity.name), like)}) {
    if (auto done = run.session->query(statement); !done) {
      return base::failure(
          {.kind = base::ErrorKind::database,
           .message = fmt::format("cannot make a scratch database: {}", done.error().message)});
    }
  }
  return run.identity.name;
}

bool drop(Connection& session, const std::string& name) {
  const std::string database = quote_identifier(name);
  if (session.server_version() >= 130000) {
    return session.query(fmt::format("DROP DATABASE IF EXISTS {} WITH (FORCE)", database))
        .has_value();
  }
  // Nobody new, and then those who are there: they take a moment to go.
  (void)session.query(fmt::format("ALTER DATABASE {} WITH ALLOW_CONNECTIONS false", database));
  for (int attempt = 0; attempt < 50; ++attempt) {
    (void)session.query(
        fmt::format("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = {}",
                    quote_literal(name)));
    if (session.query(fmt::format("DROP DATABASE IF EXISTS {}", database))) {
      return true;
    }
    std::this_thread::sleep_for(20ms);
  }
  return false;
}

void undo(const ScratchOptions& options, ScratchRun& run) {
  if (run.session && drop(*run.session, run.identity.name)) {
    return;
  }
  // The session may have been cut; the server may be there.
  if (Result<Connection> again = open_session(options.dsn)) {
    drop(*again, run.identity.name);
  }
}

}  // namespace

Result<ScratchDatabase> ScratchDatabase::create(const ScratchOptions& options) {
  if (auto read = read_dsn(options.dsn); !read) {
    return base::failure(std::move(read.error()));
  }
  const auto run = std::make_shared<ScratchRun>();
  run->identity = new_identity(options.purpose);
  Result<Keeper> keeper =
      Keeper::start([&] { return make(options, *run); }, [&] { undo(options, *run); });
  if (!keeper) {
    return base::failure(std::move(keeper.error()));
  }
  std::string dsn = with_database(options.dsn, run->identity.name);
  return ScratchDatabase(std::move(*keeper), std::move(dsn));
}

ScratchDatabase::ScratchDatabase(Keeper keeper, std::string dsn)
    : keeper_(std::move(keeper)), dsn_(std::move(dsn)) {}

Result<std::vector<std::string>> sweep_databases(std::string_view dsn) {
  Result<Connection> session = Connection::open(dsn);
  if (!session) {
    return base::failure(std::move(session.error()));
  }
  // pg_locks shows the locks of all databases, and is looked at after the names were: see make().
  // A key of 64 bits stands in classid and objid, with 1 in objsubid.
  constexpr std::string_view names =
      "SELECT datname FROM pg_database d WHERE datname ~ '^gauger_[a-z0-9_]+_[0-9a-f]{16}$' AND "
      "NOT "
      "EXISTS (SELECT FROM pg_stat_activity a WHERE a.datid = d.oid)";
  constexpr std::string_view held =
      "SELECT lpad(to_hex(classid::bigint), 8, '0') || lpad(to_hex(objid::bigint), 8, '0') FROM "
      "pg_locks WHERE locktype = 'advisory' AND objsubid = 1 AND granted";
  const Result<Rows> found = session->query(names);
  const Result<Rows> locks = session->query(held);
  if (!found || !locks) {
    return base::failure(!found ? found.error() : locks.error());
  }
  std::vector<std::string> dropped;
  for (const Row& row : *found) {
    const std::string name = row[0].value_or("");
    bool alive = false;
    for (const Row& lock : *locks) {
      alive = alive || lock[0] == name.substr(name.size() - key_digits);
    }
    // Without FORCE: a run whose session was cut may still work in it.
    if (!alive && session->query(fmt::format("DROP DATABASE {}", quote_identifier(name)))) {
      dropped.push_back(name);
    }
  }
  return dropped;
}

}  // namespace gauger::database
