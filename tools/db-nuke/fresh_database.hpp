// An empty database in the place of a full one, which is kept under another name.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "project/env_file.hpp"

namespace gauger::tools {

// What there is to lose.
struct DatabaseFacts {
  std::string name;
  std::string host;                   // as people know it: "a socket in /tmp", "localhost"
  std::string size;                   // "8 MB"
  std::vector<std::string> sessions;  // the others that are connected
};

// Error (database): it is not there. Error (configuration): the DSN does not say where it is.
[[nodiscard]] base::Result<DatabaseFacts> look_at(const std::string& dsn,
                                                  const project::Variables& environment);

// Where the DSN leads to as `host` of DatabaseFacts; nothing: not to this machine, or nobody knows.
[[nodiscard]] std::optional<std::string> local_host(const std::string& dsn,
                                                    const project::Variables& environment);

// "shop_gauger_backup_20250131T120000Z", which no database of the server is called yet.
[[nodiscard]] base::Result<std::string> free_backup_name(const std::string& dsn,
                                                         const std::string& name);

// Renames the database and creates it anew, with its owner, encoding, locale and settings.
//
// Error (database): somebody is connected, or the role may not. What was done stays.
[[nodiscard]] base::Result<void> replace_database(const std::string& dsn, const std::string& name,
                                                  const std::string& backup);

// Undoes what replace_database() has done. Whether there was something to undo: a database of the
// name `backup`.
[[nodiscard]] base::Result<bool> restore_database(const std::string& dsn, const std::string& name,
                                                  const std::string& backup);

}  // namespace gauger::tools
