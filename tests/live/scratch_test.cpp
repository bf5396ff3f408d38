// Scratch databases on a server that is somebody else's.
#include "database/scratch.hpp"

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "child.hpp"
#include "database/connection.hpp"
#include "live.hpp"

using namespace gauger;
using database::Connection;
using database::ScratchDatabase;
using live::must;

namespace {

std::string dsn(const std::string& database = "postgres") { return live::server().dsn(database); }

void run(const std::string& sql) {
  auto connection = must(Connection::open(dsn()));
  must(connection.query(sql));
}

bool exists(const std::string& name) {
  auto connection = must(Connection::open(dsn()));
  return !must(connection.query("SELECT 1 FROM pg_database WHERE datname = " +
                                database::quote_literal(name)))
              .empty();
}

std::string value(const std::string& where, const std::string& sql) {
  auto connection = must(Connection::open(where));
  return must(connection.query(sql)).at(0).at(0).value_or("NULL");
}

std::vector<std::string> sweep() { return must(database::sweep_databases(dsn())); }

}  // namespace

TEST_CASE("ScratchDatabase: two at once, each with its name, gone with their objects") {
  std::string first;
  std::string second;
  {
    const auto one = must(ScratchDatabase::create({.dsn = dsn(), .purpose = "smoke"}));
    const auto other = must(ScratchDatabase::create({.dsn = dsn(), .purpose = "Drift \"x\""}));
    first = one.name();
    second = other.name();
    CHECK(first.substr(0, 13) == "gauger_smoke_");
    CHECK(second.substr(0, 17) == "gauger__rift__x__");
    CHECK(value(one.dsn(), "SELECT current_database()") == first);
    CHECK(value(other.dsn(), "SELECT current_database()") == second);
    CHECK(value(one.dsn(), "SHOW server_encoding") == "UTF8");
  }
  CHECK_FALSE(exists(first));
  CHECK_FALSE(exists(second));
}

TEST_CASE("ScratchDatabase is dropped though somebody is connected") {
  std::string name;
  std::optional<Connection> guest;
  {
    const auto scratch = must(ScratchDatabase::create({.dsn = dsn(), .purpose = "smoke"}));
    name = scratch.name();
    guest.emplace(must(Connection::open(scratch.dsn())));
    must(guest->query("CREATE TABLE t ()"));
  }
  CHECK_FALSE(exists(name));
  const auto cut = guest->query("SELECT 1");
  REQUIRE_FALSE(cut.has_value());
  // And the session is not replaced by another.
  CHECK(guest->query("SELECT 1").error().message == "the connection to the database is lost");
}

TEST_CASE("ScratchDatabase is a copy where one is asked for") {
  const auto original = must(ScratchDatabase::create({.dsn = dsn(), .purpose = "a"}));
  value(original.dsn(), "CREATE TABLE t (a integer); SELECT 1");
  const auto copy =
      must(ScratchDatabase::create({.dsn = dsn(), .purpose = "b", .copy_of = original.name()}));
  CHECK(value(copy.dsn(), "SELECT count(*) FROM t") == "0");
}

TEST_CASE("ScratchDatabase has the encoding and locale of the DSN's database") {
  run("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'");
  {
    const auto scratch = must(ScratchDatabase::create({.dsn = dsn("latin"), .purpose = "x"}));
    CHECK(value(scratch.dsn(), "SHOW server_encoding") == "LATIN1");
  }
  run("DROP DATABASE latin");
}

TEST_CASE("ScratchDatabase keeps the spelling of the DSN") {
  const std::string folder = live::server().folder();
  std::string encoded;
  for (const char byte : folder) {
    encoded += byte == '/' ? "%2F" : std::string(1, byte);
  }
  for (const std::string& spelling : std::vector<std::string>{
           "postgresql+asyncpg://postgres@/postgres?host=" + folder,
           "host=" + folder + " user=postgres", "postgres://postgres@" + encoded + "/postgres"}) {
    const auto scratch = must(ScratchDatabase::create({.dsn = spelling, .purpose = "x"}));
    INFO(scratch.dsn());
    CHECK(scratch.dsn().substr(0, spelling.find_first_of(":=")) ==
          spelling.substr(0, spelling.find_first_of(":=")));
    CHECK(value(scratch.dsn(), "SELECT current_database()") == scratch.name());
  }
}

TEST_CASE("ScratchDatabase takes the server from a service file") {
  const std::string file = live::server().folder().string() + "/service";
  std::ofstream(file) << "[mine]\nhost=" << live::server().folder().string()
                      << "\nuser=postgres\ndbname=postgres\n";
  ::setenv("PGSERVICEFILE", file.c_str(), 1);
  {
    const auto scratch = must(ScratchDatabase::create({.dsn = "service=mine", .purpose = "x"}));
    CHECK(value(scratch.dsn(), "SELECT current_database()") == scratch.name());
  }
  ::unsetenv("PGSERVICEFILE");
}

TEST_CASE("ScratchDatabase: gone however the run ends") {
  for (const int signal : {0, SIGINT, SIGTERM, SIGKILL}) {
    CAPTURE(signal);
    live::Child run({"scratch", dsn()});
    const std::string name = run.line();
    REQUIRE(exists(name));
    run.end(signal);
    if (signal == SIGKILL) {
      CHECK(live::soon([&] { return !exists(name); }));
    } else {
      CHECK_FALSE(exists(name));
    }
  }
}

TEST_CASE("ScratchDatabase is dropped though its own session was cut") {
  std::string name;
  {
    const auto scratch = must(ScratchDatabase::create({.dsn = dsn(), .purpose = "cut"}));
    name = scratch.name();
    run("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'");
  }
  CHECK_FALSE(exists(name));
}

TEST_CASE("ScratchDatabase may outlive its server") {
  std::optional<database::Server> server = must(database::Server::start(live::options()));
  const auto scratch = must(ScratchDatabase::create({.dsn = server->dsn(), .purpose = "late"}));
  const auto folder = server->folder();
  server.reset();
  CHECK_FALSE(std::filesystem::exists(folder));
  CHECK_FALSE(Connection::open(scratch.dsn()).has_value());
}

TEST_CASE("sweep_databases drops what no living run holds") {
  const auto living = must(ScratchDatabase::create({.dsn = dsn(), .purpose = "alive"}));
  const std::string dead = "gauger_smoke_8123456789abcdef";
  const std::string in_use = "gauger_smoke_0000000000000001";
  const std::string similar = "gauger_smoke_0123";
  for (const std::string& name : {dead, in_use, similar}) {
    run("CREATE DATABASE " + name);
  }
  {
    const auto guest = must(Connection::open(dsn(in_use)));
    CHECK(sweep() == std::vector<std::string>{dead});
    CHECK(exists(living.name()));
    CHECK(exists(in_use));
    CHECK(exists(similar));
  }
  CHECK(live::soon([&] {
    sweep();
    return !exists(in_use);
  }));
  run("DROP DATABASE " + similar);
  CHECK(value(living.dsn(), "SELECT 1") == "1");
}

TEST_CASE("ScratchDatabase of a role that may not says so") {
  run("CREATE ROLE weak LOGIN");
  const std::string folder = live::server().folder();
  const auto failed = ScratchDatabase::create(
      {.dsn = "postgresql://weak@/postgres?host=" + folder, .purpose = "x"});
  REQUIRE_FALSE(failed.has_value());
  CHECK(failed.error().kind == base::ErrorKind::database);
  CHECK(failed.error().message ==
        "cannot make a scratch database: permission denied to create database");
}

TEST_CASE("A DSN that leads nowhere is an error without its password") {
  for (const std::string& wrong : std::vector<std::string>{
           "postgresql+asyncpg://me:s3cr%2Ft@127.0.0.1:1/db",
           "host=/nowhere password='s3cr/t' user=me", "postgresql://me:s3cr@t@127.0.0.1:1/db",
           "postgresql://me:s3cr%2Ft@no-such-host.invalid/db"}) {
    INFO(wrong);
    const auto opened = Connection::open(wrong);
    REQUIRE_FALSE(opened.has_value());
    CHECK(opened.error().message.find("s3cr") == std::string::npos);
    CHECK(opened.error().message.find("***") != std::string::npos);
    const auto created = ScratchDatabase::create({.dsn = wrong, .purpose = "x"});
    REQUIRE_FALSE(created.has_value());
    CHECK(created.error().message.find("s3cr") == std::string::npos);
    CHECK_FALSE(database::sweep_databases(wrong).has_value());
  }
  const auto failed = Connection::open(dsn("no_such_database"));
  CHECK(failed.error().message.find("database \"no_such_database\" does not exist") !=
        std::string::npos);
}
