// A PostgreSQL server of our own: made for a run, and gone with it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "database/keeper.hpp"

namespace gauger::database {

struct ServerOptions {
  std::filesystem::path binaries{};   // the folder of initdb and postgres; empty: found
  std::filesystem::path temporary{};  // where its folder goes; empty: $TMPDIR, else /tmp
};

// The folder of a server's initdb and postgres: on PATH, else the newest of those that packages
// install (/usr/lib/postgresql/15/bin).
//
// Error (database): there is none; the help is the line that installs it.
[[nodiscard]] base::Result<std::filesystem::path> find_binaries(
    const std::filesystem::path& given = {});

// Listens on a Unix socket only, in a folder that only its user can enter; UTF-8, C.UTF-8, UTC, the
// superuser is "postgres" without a password. Tuned for work that nobody needs after a crash;
// whatever a migration could notice is as the server's defaults have it. Under root it runs as
// "postgres" or "nobody".
//
// Stopped and removed however this process ends (see Keeper, also for threads). What SIGKILL of all
// its processes left behind, the next start() sweeps: folders whose lock nobody holds.
class Server {
 public:
  [[nodiscard]] static base::Result<Server> start(const ServerOptions& options = {});

  // A URL for SQLAlchemy and libpq alike; `driver` is SQLAlchemy's ("asyncpg"), which libpq does
  // not take but read_dsn() does.
  [[nodiscard]] std::string dsn(std::string_view database = "postgres",
                                std::string_view driver = {}) const;
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  [[nodiscard]] int major_version() const { return major_version_; }
  [[nodiscard]] pid_t process() const { return process_; }
  // The end of the server's log, for messages.
  [[nodiscard]] std::string log_tail(std::size_t bytes = 4096) const;

 private:
  explicit Server(Keeper keeper);

  Keeper keeper_;
  std::filesystem::path folder_;
  int major_version_ = 0;
  pid_t process_ = 0;
};

// Ends and removes what dead runs left in a folder for temporary files; start() does it by itself.
// Gives the folders that it removed.
std::vector<std::filesystem::path> sweep_servers(const std::filesystem::path& temporary);

}  // namespace gauger::database
