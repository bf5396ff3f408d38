// Where a database stands, once the revision that it stands at has been replaced.
#pragma once

#include <string>
#include <vector>

#include "base/json.hpp"
#include "base/result.hpp"
#include "live/own_database.hpp"

namespace gauger::tools {

struct Replacement {
  std::vector<std::string> replaced;  // from below
  std::string by;
  std::vector<std::string> seeds;  // of these, the ones that have a seed script
  bool adds = false;               // the new one does what they do not
};

[[nodiscard]] base::Json to_facts(const Replacement& replacement);
// Nothing where the facts are no such.
[[nodiscard]] std::optional<Replacement> from_facts(const base::Json& facts);

// Puts the database in the place of one that has run the new migration, in the transaction that is
// open: its version and seed_versions. Whether it was concerned.
//
// Error (database): it stands in the middle of what was replaced, or lacks what the new one adds.
[[nodiscard]] base::Result<bool> stamp(live::OwnDatabase& own,
                                       const alembic::SchemaName& version_table,
                                       const std::vector<std::string>& current,
                                       const Replacement& replacement);

}  // namespace gauger::tools
