// Bringing one scratch database through migrations, and what became of it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "alembic/session.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "database/fill.hpp"
#include "live/workshop.hpp"
#include "project/project.hpp"
#include "tools/smoke/trace.hpp"

namespace gauger::tools {

// A migration that ran.
struct Step {
  std::string revision{};
  alembic::Direction direction = alembic::Direction::up;
  double seconds = 0;
  std::vector<MeasuredStatement> statements{};  // where they are traced
};

struct Failed {
  alembic::Failure failure{};
  alembic::Direction direction = alembic::Direction::up;
  bool hangs = false;  // it did not end in time; the statement is the one that was running
};

struct Run {
  std::string name{};               // "fresh", "upgrade-from-previous", "stairway"
  std::vector<std::string> from{};  // the revisions it began at; none: an empty database
  std::vector<Step> steps{};
  std::optional<Failed> failed{};
  bool traced = false;
  Losses losses{};                             // what the trace does not show
  std::optional<database::FillReport> rows{};  // that were made before the last migrations

  [[nodiscard]] std::size_t count(alembic::Direction direction) const;
};

using Progress = std::function<void(const std::string& revision)>;

// What a Workshop needs for a run that is traced.
[[nodiscard]] inline std::string_view tables_sql(const Run& run) {
  return run.traced ? database::relations_sql() : std::string_view();
}

// Upgrades to, or downgrades from, each of the targets in turn ("heads", an id, "base") and adds
// the steps to `run`. A migration that fails is run.failed and no Error.
//
// Error (database): the server is gone, or lacks an extension. Error (environment): as of
// alembic::Session.
[[nodiscard]] base::Result<void> migrate(live::Workshop& workshop, alembic::Direction direction,
                                         const std::vector<std::string>& targets, Run& run,
                                         const Progress& progress);

// What an error of the session is: run.failed, or an Error.
[[nodiscard]] base::Result<void> judge_failure(live::Workshop& workshop,
                                               alembic::Direction direction, base::Error error,
                                               Run& run);

// The paths as people read them: relative to the project's folder.
void make_relative(const project::Project& project, Run& run);

[[nodiscard]] base::Json describe(const Run& run);

}  // namespace gauger::tools
