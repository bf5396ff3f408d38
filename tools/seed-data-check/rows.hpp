// The required rows, on a server.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "database/connection.hpp"
#include "finding/finding.hpp"
#include "project/project.hpp"

namespace gauger::tools {

struct RowCheck {
  std::vector<finding::Finding> findings{};
  std::size_t rows = 0;  // that were looked for
};

// Looks for the rows of all [[seed-data]] tables: one query for what the tables have, and one for
// each table, whatever the number of rows. The connection is inside a read-only transaction.
//
// Error (database): a table that may not be read, or that does not know its columns as said.
[[nodiscard]] base::Result<RowCheck> check_rows(database::Connection& connection,
                                                const project::Settings& settings);

}  // namespace gauger::tools
