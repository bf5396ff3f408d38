// A run that the tests end in many ways: it makes what its arguments say, says so, and waits.
//
//   live_program server             a server; prints its folder
//   live_program dsn                a server; prints its DSN and its major version
//   live_program scratch DSN        a scratch database; prints its name
//   live_program lock DSN           the lock against other migrators; prints "locked"
//   live_program both [TEMPORARY]   a database on a server of its own; prints the server's folder
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

#include "database/migration_lock.hpp"
#include "database/scratch.hpp"
#include "database/server.hpp"

using gauger::database::MigrationLock;
using gauger::database::ScratchDatabase;
using gauger::database::Server;

namespace {

template <class T>
T must(gauger::base::Result<T> result) {
  if (!result) {
    std::fprintf(stderr, "%s\n%s\n", result.error().message.c_str(), result.error().help.c_str());
    std::exit(2);
  }
  return std::move(*result);
}

Server start(std::string_view temporary = {}) {
  const char* binaries = std::getenv("GAUGER_POSTGRES_BIN");
  return must(
      Server::start({.binaries = binaries == nullptr ? "" : binaries, .temporary = temporary}));
}

void say_and_wait(const std::string& made) {
  std::printf("%s\n", made.c_str());
  std::fflush(stdout);
  // Until the test ends it, or closes stdin.
  while (std::getchar() != EOF) {
  }
}

}  // namespace

int main(int count, char** arguments) {
  const std::string_view what = count > 1 ? arguments[1] : "";
  if (what == "server") {
    const Server server = start();
    say_and_wait(server.folder());
  } else if (what == "dsn") {
    const Server server = start();
    say_and_wait(server.dsn() + " " + std::to_string(server.major_version()));
  } else if (what == "scratch" && count > 2) {
    const auto scratch = must(ScratchDatabase::create({.dsn = arguments[2], .purpose = "test"}));
    say_and_wait(scratch.name());
  } else if (what == "lock" && count > 2) {
    const auto lock = must(MigrationLock::take({.dsn = arguments[2], .holder = "test"}));
    say_and_wait("locked");
  } else if (what == "both") {
    const Server server = start(count > 2 ? arguments[2] : "");
    const auto scratch = must(ScratchDatabase::create({.dsn = server.dsn(), .purpose = "test"}));
    say_and_wait(server.folder());
  } else {
    return 2;
  }
  return 0;
}
