// The lock against other migrators, on a server.
#include "database/migration_lock.hpp"

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <future>
#include <memory>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "base/process.hpp"
#include "child.hpp"
#include "database/connection.hpp"
#include "database/scratch.hpp"
#include "live.hpp"

using namespace gauger;
using namespace std::chrono_literals;
using database::Connection;
using database::MigrationLock;
using live::must;

namespace {

const std::string& dsn() {
  static const std::string text = live::server().dsn();
  return text;
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::string value(const std::string& sql) {
  auto connection = must(Connection::open(dsn()));
  return must(connection.query(sql)).at(0).at(0).value_or("NULL");
}

// The sessions that wait.
const std::string ours = " FROM pg_stat_activity WHERE application_name LIKE 'gauger wait%'";

}  // namespace

TEST_CASE("MigrationLock: the second is told who holds it, and gets it afterwards") {
  std::optional<MigrationLock> first = must(MigrationLock::take({.dsn = dsn(), .holder = "seed"}));
  CHECK(first->check().has_value());
  const auto refused = MigrationLock::take({.dsn = dsn(), .holder = "migrate", .timeout = 0ms});
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().kind == base::ErrorKind::database);
  CHECK(contains(refused.error().message, "another migrator holds the lock: 'gauger seed on "));
  CHECK(contains(refused.error().message,
                 "(process " + std::to_string(::getpid()) + ")', user postgres, server process "));

  std::promise<std::string> told;  // a second time it would throw
  auto second = std::async(std::launch::async, [&] {
    return MigrationLock::take({.dsn = dsn(), .holder = "wait", .waiting = [&](auto text) {
                                  told.set_value(std::string(text));
                                }});
  });
  CHECK(contains(told.get_future().get(), "'gauger seed on "));
  first.reset();
  auto taken = must(second.get());
  CHECK(taken.check().has_value());
}

TEST_CASE("MigrationLock is of one database") {
  const auto scratch = must(database::ScratchDatabase::create({.dsn = dsn(), .purpose = "lock"}));
  const auto first = must(MigrationLock::take({.dsn = dsn(), .holder = "a", .timeout = 0ms}));
  const auto second =
      must(MigrationLock::take({.dsn = scratch.dsn(), .holder = "b", .timeout = 0ms}));
}

TEST_CASE("MigrationLock is the lock of its key in plain SQL") {
  auto other = must(Connection::open(dsn()));
  must(other.query("SET application_name = ''"));
  must(other.query("SELECT pg_advisory_lock(113668279199090)"));
  const auto refused = MigrationLock::take({.dsn = dsn(), .holder = "migrate", .timeout = 0ms});
  REQUIRE_FALSE(refused.has_value());
  CHECK(contains(refused.error().message, "holds the lock: user postgres, server process "));
  CHECK(contains(refused.error().message, ", connected since 20"));
  CHECK_FALSE(contains(refused.error().message, ", from "));
}

TEST_CASE("MigrationLock: who waits holds up no CREATE INDEX CONCURRENTLY") {
  const auto first = must(MigrationLock::take({.dsn = dsn(), .holder = "a"}));
  auto connection = must(Connection::open(dsn()));
  must(connection.query("CREATE TABLE waits (a integer)"));
  auto second = std::async(std::launch::async, [&] {
    return MigrationLock::take({.dsn = dsn(), .holder = "wait", .timeout = 3s});
  });
  CHECK(live::soon([&] {
    return value("SELECT bool_and(state = 'idle' AND backend_xmin IS NULL)::text" + ours) == "true";
  }));
  must(connection.query("SET statement_timeout = '2s'"));
  must(connection.query("CREATE INDEX CONCURRENTLY ON waits (a)"));
  const auto begin = std::chrono::steady_clock::now();
  CHECK(contains(second.get().error().message, "'gauger a on "));
  CHECK(std::chrono::steady_clock::now() - begin < 4s);
}

TEST_CASE("MigrationLock: check() fails once the session is dead, or the lock released") {
  {
    auto lock = must(MigrationLock::take({.dsn = dsn(), .holder = "dies"}));
    value(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE "
        "'gauger dies%'");
    REQUIRE(live::soon([&] { return !lock.check().has_value(); }));
    CHECK(contains(lock.check().error().message, "the lock against other migrators is lost: "));
  }
  CHECK(MigrationLock::take({.dsn = dsn(), .holder = "next", .timeout = 0ms}).has_value());
}

TEST_CASE("MigrationLock goes with its process") {
  for (const int signal : {0, SIGINT, SIGTERM, SIGKILL}) {
    CAPTURE(signal);
    live::Child run({"lock", dsn()});
    REQUIRE(run.line() == "locked");
    CHECK_FALSE(MigrationLock::take({.dsn = dsn(), .holder = "x", .timeout = 0ms}).has_value());
    run.end(signal);
    CHECK(MigrationLock::take({.dsn = dsn(), .holder = "x", .timeout = 5s}).has_value());
  }
}

TEST_CASE("MigrationLock fails at once behind a proxy that pools transactions") {
  // Beside the server's folder: its keeper, another user, could not remove what is ours.
  std::string folder = (std::filesystem::temp_directory_path() / "gauger-proxy-XXXXXX").string();
  REQUIRE(::mkdtemp(folder.data()) != nullptr);
  const auto remove = [](const std::string* path) { std::filesystem::remove_all(*path); };
  const std::unique_ptr<const std::string, decltype(remove)> removal(&folder, remove);
  auto proxy = must(base::Conversation::start(
      {.arguments = {"python3", LIVE_PROXY, live::server().folder().string() + "/.s.PGSQL.5432",
                     folder}}));
  REQUIRE(must(proxy.read_line()) == "ready");
  const auto refused = MigrationLock::take(
      {.dsn = "postgresql://postgres@/postgres?host=" + folder, .holder = "migrate"});
  REQUIRE_FALSE(refused.has_value());
  INFO(refused.error().message);
  CHECK(contains(refused.error().message, "goes through a proxy that pools transactions"));
  // Nothing was left in the pool.
  CHECK(MigrationLock::take({.dsn = dsn(), .holder = "x", .timeout = 0ms}).has_value());
}

TEST_CASE("MigrationLock of a database that is not there") {
  const auto failed =
      MigrationLock::take({.dsn = "postgresql://me:s3cret@127.0.0.1:1/db", .holder = "migrate"});
  REQUIRE_FALSE(failed.has_value());
  CHECK(contains(failed.error().message, "cannot connect to "));
  CHECK(contains(failed.error().message, "postgresql://me:***@127.0.0.1:1/db"));
  CHECK_FALSE(contains(failed.error().message, "s3cret"));
}
