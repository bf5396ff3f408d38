// Running seed scripts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "alembic/session.hpp"
#include "base/result.hpp"
#include "cli/run_tool.hpp"
#include "database/connection.hpp"
#include "finding/finding.hpp"
#include "history/history.hpp"
#include "seed/scripts.hpp"

namespace gauger::live {

// The project's history and its seed scripts.
//
// Error: revisions that cannot be read; where the history is not known, nor is the order.
struct SeedProject {
  history::History history;
  seed::Scripts scripts;
};
[[nodiscard]] base::Result<SeedProject> read_seed_project(const cli::Context& context);

struct Seeding {
  std::vector<std::string> ran{};             // revisions, recorded
  std::optional<finding::Finding> failure{};  // of the next one, rolled back: rule `seed-failed`
};

// Runs the scripts in this order, each in a transaction of its own in which it is recorded, until
// one fails. seed_versions must be there. `connection` is one to the same database.
//
// Error: the session cannot go on, or the server is gone or has run out of what it needs; what was
// run before stays.
[[nodiscard]] base::Result<Seeding> run_seeds(const cli::Context& context,
                                              alembic::Session& session,
                                              database::Connection& connection,
                                              const std::vector<seed::Script>& scripts);

// A script that is named after no revision of the history: rule `seed-without-revision`.
[[nodiscard]] finding::Finding judge_orphan(const seed::Script& script,
                                            const history::History& history);

[[nodiscard]] const finding::RuleInfo& seed_failed();
[[nodiscard]] const finding::RuleInfo& seed_without_revision();

}  // namespace gauger::live
