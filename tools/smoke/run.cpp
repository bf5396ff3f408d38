#include "tools/smoke/run.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "tools/smoke/rows.hpp"

namespace gauger::tools {
namespace {

using alembic::Direction;
using base::Result;

base::Error no_resources(const alembic::Failure& failure) {
  return {.kind = base::ErrorKind::database,
          .message = fmt::format("revision '{}': the server has run out of what it needs: {} "
                                 "(SQLSTATE {})",
                                 failure.revision, failure.message, failure.sqlstate),
          .path = failure.path,
          .position = {.line = failure.line, .column = failure.line > 0 ? 1U : 0U},
          .help =
              "a private server has its data below TMPDIR; name another folder there, or a server "
              "by --dsn"};
}

// What the project's sessions do at this moment: of one that hangs, why.
void look_at_hanging(database::Connection& connection, alembic::Failure& failure) {
  const auto rows = connection.query(
      "SELECT query, wait_event_type FROM pg_catalog.pg_stat_activity WHERE datname ="
      " pg_catalog.current_database() AND pid <> pg_catalog.pg_backend_pid() AND state = 'active'"
      " ORDER BY query_start LIMIT 1");
  if (rows && !rows->empty()) {
    failure.statement = rows->at(0).at(0).value_or("");
    if (rows->at(0).at(1) == "Lock") {
      failure.message += "; its session waits for a lock";
    }
  }
}

base::Json describe(const Step& step, bool traced) {
  base::Json statements = base::Json::array();
  for (const MeasuredStatement& each : step.statements) {
    statements.push_back(describe(each));
  }
  return {{"revision", step.revision},
          {"direction", step.direction == Direction::up ? "upgrade" : "downgrade"},
          {"seconds", step.seconds},
          {"statements", traced ? std::move(statements) : base::Json()}};
}

base::Json describe(const Failed& failed) {
  const alembic::Failure& failure = failed.failure;
  return {{"revision", failure.revision},
          {"direction", failed.direction == Direction::up ? "upgrade" : "downgrade"},
          {"message", failure.message},
          {"statement", failure.statement.empty() ? base::Json() : base::Json(failure.statement)},
          {"sqlstate", failure.sqlstate.empty() ? base::Json() : base::Json(failure.sqlstate)},
          {"path", failure.path.empty() ? base::Json() : base::Json(failure.path)},
          {"line", failure.line == 0 ? base::Json() : base::Json(failure.line)}};
}

}  // namespace

std::size_t Run::count(Direction direction) const {
  return static_cast<std::size_t>(std::count_if(
      steps.begin(), steps.end(), [&](const Step& step) { return step.direction == direction; }));
}

Result<void> judge_failure(live::Workshop& workshop, Direction direction, base::Error error,
                           Run& run) {
  if (auto alive = workshop.connection().query("SELECT 1"); !alive) {
    return base::failure({.kind = base::ErrorKind::database,
                          .message = fmt::format("the server is gone: {}", alive.error().message),
                          .help = std::move(error.message)});
  }
  if (!workshop.session().failure()) {
    return base::failure(std::move(error));
  }
  Failed failed{.failure = *workshop.session().failure(), .direction = direction};
  if (!failed.failure.missing_extension.empty()) {
    return base::failure(std::move(error));
  }
  if (alembic::lacks_resources(failed.failure.sqlstate)) {
    return base::failure(no_resources(failed.failure));
  }
  failed.hangs = failed.failure.exception.empty();
  if (failed.hangs) {
    look_at_hanging(workshop.connection(), failed.failure);
  }
  run.failed = std::move(failed);
  return {};
}

Result<void> migrate(live::Workshop& workshop, Direction direction,
                     const std::vector<std::string>& targets, Run& run, const Progress& progress) {
  alembic::Session& session = workshop.session();
  Trace trace(workshop.connection());
  alembic::Observer observer{.starts = progress,
                             .ends = [&](const std::string& revision, double seconds) {
                               run.steps.push_back({.revision = revision,
                                                    .direction = direction,
                                                    .seconds = seconds,
                                                    .statements = trace.take()});
                             }};
  if (run.traced) {
    trace.attach(observer);
  }
  session.observe(std::move(observer));
  Result<void> result;
  for (const std::string& target : targets) {
    auto done = direction == Direction::up ? session.upgrade(target) : session.downgrade(target);
    if (!done) {
      result = judge_failure(workshop, direction, std::move(done.error()), run);
      break;
    }
  }
  session.observe({});
  run.losses.insert(trace.losses().begin(), trace.losses().end());
  return result;
}

void make_relative(const project::Project& project, Run& run) {
  for (Step& step : run.steps) {
    for (MeasuredStatement& statement : step.statements) {
      statement.path = project::relative_to_project(project, statement.path);
    }
  }
  if (run.failed && !run.failed->failure.path.empty()) {
    run.failed->failure.path = project::relative_to_project(project, run.failed->failure.path);
  }
}

base::Json describe(const Run& run) {
  base::Json steps = base::Json::array();
  for (const Step& step : run.steps) {
    steps.push_back(describe(step, run.traced));
  }
  return {{"run", run.name},
          {"from", run.from},
          {"migrations", std::move(steps)},
          {"not_seen", run.losses},
          {"rows", run.rows ? describe(*run.rows) : base::Json()},
          {"failed", run.failed ? describe(*run.failed) : base::Json()}};
}

}  // namespace gauger::tools
