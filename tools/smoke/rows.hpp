// Rows in the tables before the migrations that are looked at.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "base/result.hpp"
#include "database/fill.hpp"
#include "history/history.hpp"
#include "live/workshop.hpp"

namespace gauger::tools {

// The revisions that are applied when the tables are filled: the parents of `before`, else those of
// the heads. None: there is nothing to fill yet.
//
// Error (usage): `before` names no revision.
[[nodiscard]] base::Result<std::vector<std::string>> filling_point(
    const history::History& history, const std::optional<std::string>& before);

// Fills all tables but Alembic's and seed_versions.
//
// Errors: of the session and the connection.
[[nodiscard]] base::Result<database::FillReport> fill(live::Workshop& workshop, std::size_t rows);

// "1000 rows in 7 tables", "500 rows in …; not filled: a: why; b: why".
[[nodiscard]] std::string shown_rows(const database::FillReport& report);
[[nodiscard]] base::Json describe(const database::FillReport& report);

}  // namespace gauger::tools
