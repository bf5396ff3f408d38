// A server of our own: what it is, and that nothing of it stays.
#include "database/server.hpp"

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "child.hpp"
#include "database/connection.hpp"
#include "database/launch.hpp"
#include "live.hpp"

using namespace gauger;
namespace fs = std::filesystem;
using database::Connection;
using database::Server;
using live::must;

namespace {

std::string value(Connection& connection, const std::string& sql) {
  return must(connection.query(sql)).at(0).at(0).value_or("NULL");
}

bool is_gone(const fs::path& folder) {
  return !fs::exists(folder) && database::processes_in(folder).empty();
}

// The direct children of a process.
std::vector<pid_t> children(pid_t parent) {
  std::vector<pid_t> result;
  std::ifstream list("/proc/" + std::to_string(parent) + "/task/" + std::to_string(parent) +
                     "/children");
  for (pid_t child = 0; list >> child;) {
    result.push_back(child);
  }
  return result;
}

// A folder for temporary files of one test, that any user may write to.
struct Folder {
  fs::path path;
  explicit Folder(const std::string& place = "/tmp") {
    std::string pattern = place + "/gauger-live-XXXXXX";
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    path = pattern;
    fs::permissions(path, fs::perms::all);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { fs::remove_all(path); }
};

}  // namespace

TEST_CASE("Server::start gives a private server with plain settings") {
  const Server& server = live::server();
  auto connection = must(Connection::open(server.dsn()));
  CHECK(connection.server_version() / 10000 == server.major_version());
  CHECK(value(connection, "SHOW listen_addresses").empty());
  CHECK(value(connection, "SHOW server_encoding") == "UTF8");
  CHECK(value(connection, "SHOW timezone") == "UTC");
  CHECK(value(connection, "SHOW fsync") == "off");
  CHECK(value(connection, "SHOW autovacuum") == "off");
  CHECK(value(connection, "SELECT current_user") == "postgres");
  CHECK(value(connection, "SELECT lower('ÄÖ')") != "");
  struct stat facts {};
  REQUIRE(::stat(server.folder().c_str(), &facts) == 0);
  CHECK((facts.st_mode & 0777U) == 0700U);
  CHECK((::geteuid() != 0 || facts.st_uid != 0));
}

TEST_CASE("Server::dsn is for SQLAlchemy's drivers and libpq alike") {
  for (const char* driver : {"", "asyncpg", "psycopg", "psycopg2"}) {
    auto connection = must(Connection::open(live::server().dsn("template1", driver)));
    CHECK(value(connection, "SELECT current_database()") == "template1");
  }
}

TEST_CASE("Server: two at once, moved about, and gone with their objects") {
  fs::path first;
  fs::path second;
  {
    Server one = must(Server::start(live::options()));
    Server other = must(Server::start(live::options()));
    first = one.folder();
    second = other.folder();
    CHECK(first != second);
    const Server moved = std::move(one);
    CHECK(moved.folder() == first);
    auto connection = must(Connection::open(moved.dsn()));
    CHECK(value(connection, "SELECT 1") == "1");
  }
  CHECK(is_gone(first));
  CHECK(is_gone(second));
}

TEST_CASE("Server: gone when the run ends, is told to, or is interrupted") {
  for (const int signal : {0, SIGINT, SIGTERM, SIGHUP}) {
    CAPTURE(signal);
    live::Child run({"both"});
    const fs::path folder = run.line();
    REQUIRE(fs::exists(folder / "lock"));
    CHECK_FALSE(database::processes_in(folder).empty());
    const int status = run.end(signal);
    if (signal == 0) {
      CHECK((WIFEXITED(status) && WEXITSTATUS(status) == 0));
    } else {
      CHECK((WIFSIGNALED(status) && WTERMSIG(status) == signal));
    }
    CHECK(is_gone(folder));  // at once
  }
}

TEST_CASE("Server: nothing stays of a start that is interrupted") {
  live::prefer_memory();
  const Folder temporary(std::getenv("TMPDIR") == nullptr ? "/tmp" : std::getenv("TMPDIR"));
  for (const int milliseconds : {0, 20, 60, 120, 200, 300, 400}) {
    CAPTURE(milliseconds);
    live::Child run({"both", temporary.path});
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
    const int status = run.end(SIGINT);
    CHECK((WIFSIGNALED(status) && WTERMSIG(status) == SIGINT));
    CHECK(fs::is_empty(temporary.path));
    CHECK(database::processes_in(temporary.path).empty());
  }
}

TEST_CASE("Server: gone soon after SIGKILL") {
  live::Child run({"both"});
  const fs::path folder = run.line();
  REQUIRE(fs::exists(folder));
  run.end(SIGKILL);
  CHECK(live::soon([&] { return is_gone(folder); }));
}

TEST_CASE("Server: what SIGKILL of all left is swept, and what lives is not") {
  live::Child living({"server"});
  const fs::path kept = living.line();
  REQUIRE(fs::exists(kept));

  live::Child run({"server"});
  const fs::path folder = run.line();
  REQUIRE(fs::exists(folder));
  for (const pid_t keeper : children(run.process())) {
    ::kill(keeper, SIGKILL);
  }
  run.end(SIGKILL);
  // The server goes with its keeper; the folder stays for the next run.
  CHECK(live::soon([&] { return database::processes_in(folder).empty(); }));
  CHECK(fs::exists(folder));
  const Server next = must(Server::start(live::options()));
  CHECK(is_gone(folder));
  CHECK(fs::exists(kept / "lock"));
  CHECK_FALSE(database::processes_in(kept).empty());
}

TEST_CASE("sweep_servers does not touch what only has the name") {
  const Folder temporary;
  const fs::path fresh = temporary.path / "gauger-server-fresh";  // being made: no lock yet
  const fs::path file = temporary.path / "gauger-server-file";
  fs::create_directories(fresh);
  std::ofstream(file) << "mine";
  const Folder elsewhere;
  std::ofstream(elsewhere.path / "lock") << "";
  fs::create_directory_symlink(elsewhere.path, temporary.path / "gauger-server-link");
  CHECK(database::sweep_servers(temporary.path).empty());
  CHECK(fs::exists(fresh));
  CHECK(fs::exists(file));
  CHECK(fs::exists(elsewhere.path / "lock"));
}

TEST_CASE("Server::start says what to install where there is no server") {
  const Folder nothing;
  const auto given = Server::start({.binaries = nothing.path});
  REQUIRE_FALSE(given.has_value());
  CHECK(given.error().kind == base::ErrorKind::database);
  CHECK(given.error().message == "there are no initdb and postgres in " + nothing.path.string());
}

TEST_CASE("Server::start says what the server said when it does not start") {
  const Folder broken;
  for (const char* name : {"initdb", "postgres"}) {
    std::ofstream(broken.path / name) << "#!/bin/sh\necho the disk is on fire\nexit 3\n";
    fs::permissions(broken.path / name, fs::perms::all);
  }
  const Folder temporary;
  const auto failed = Server::start({.binaries = broken.path, .temporary = temporary.path});
  REQUIRE_FALSE(failed.has_value());
  CHECK(failed.error().message.find("initdb has failed") != std::string::npos);
  CHECK(failed.error().message.find("the disk is on fire") != std::string::npos);
  CHECK(fs::is_empty(temporary.path));
}

TEST_CASE("Server::start refuses a folder whose sockets would have too long a name") {
  const Folder temporary;
  const fs::path deep = temporary.path / std::string(90, 'x');
  fs::create_directories(deep);
  fs::permissions(deep, fs::perms::all);
  auto options = live::options();
  options.temporary = deep;
  const auto failed = Server::start(options);
  REQUIRE_FALSE(failed.has_value());
  CHECK(failed.error().message.find("too long for a socket") != std::string::npos);
}
