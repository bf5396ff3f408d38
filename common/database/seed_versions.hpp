// The table that says which revisions' seed scripts have run.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "database/connection.hpp"

namespace gauger::database {

// The ids in seed_versions; nothing: there is no such table where the session looks for one.
//
// Error (database): it cannot be read, or is not ours: it has no column `revision`.
[[nodiscard]] base::Result<std::optional<std::set<std::string>>> read_seed_versions(
    Connection& connection);

// Takes these ids out of seed_versions, where that is there. Gives those that were in it, in order.
[[nodiscard]] base::Result<std::vector<std::string>> forget_seeds(
    Connection& connection, const std::vector<std::string>& revisions);

// seed_versions (revision text PRIMARY KEY, seeded_at timestamptz), where it is not there yet.
[[nodiscard]] base::Result<void> create_seed_versions(Connection& connection);

}  // namespace gauger::database
