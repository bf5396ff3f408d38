// A database as pg_dump has written it.
#pragma once

#include <filesystem>
#include <string>

#include "alembic/session.hpp"
#include "base/result.hpp"
#include "database/scratch.hpp"

namespace gauger::tools {

struct DumpOptions {
  std::filesystem::path file{};        // plain SQL, custom format, or a directory
  std::filesystem::path binaries{};    // the folder of psql and pg_restore; empty: found
  alembic::Environment environment{};  // of this process
};

// Into an empty scratch database, by psql or pg_restore. What the dump says of roles that the
// server does not have is passed over, as is what every database has.
//
// Error (usage): the file is no dump, or a plain one that connects to a database of its own. Error
// (environment): there is no psql or pg_restore. Error (database): the server's first message.
[[nodiscard]] base::Result<void> restore(const database::ScratchDatabase& database,
                                         const DumpOptions& options);

}  // namespace gauger::tools
