// Databases of our own on a server, whoever's it is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "database/keeper.hpp"

namespace gauger::database {

struct ScratchOptions {
  std::string dsn{};  // any that read_dsn() takes; the database that it names is only connected to
  std::string purpose{};  // part of the name: "smoke". Other bytes than a-z, 0-9 and _ become _
  // The database that it is a copy of, which nobody may be connected to. Empty: an empty database
  // with the encoding and locale of the DSN's.
  std::string copy_of{};
};

// An empty database named gauger_<purpose>_<random>, beside the one of the DSN. A session in a
// process of its own holds an advisory lock as long as it lives, and drops it, with the sessions
// that are still in it, however this process ends (see Keeper, also for threads). The role needs
// CREATEDB. Behind a proxy that pools transactions the lock would not last: connect to the server
// itself.
class ScratchDatabase {
 public:
  // Error (configuration): the DSN cannot be read. Error (database): the server says no.
  [[nodiscard]] static base::Result<ScratchDatabase> create(const ScratchOptions& options);

  [[nodiscard]] const std::string& name() const { return keeper_.made(); }
  // In the spelling of the DSN that was given.
  [[nodiscard]] const std::string& dsn() const { return dsn_; }

 private:
  ScratchDatabase(Keeper keeper, std::string dsn);

  Keeper keeper_;
  std::string dsn_;
};

// Drops the databases of dead runs on the DSN's server: those that are named like a scratch
// database, whose lock nobody holds and that nobody is connected to. Gives the names that it
// dropped; one that the role may not drop stays.
[[nodiscard]] base::Result<std::vector<std::string>> sweep_databases(std::string_view dsn);

}  // namespace gauger::database
