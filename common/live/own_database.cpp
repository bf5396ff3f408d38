#include "live/own_database.hpp"

#include <charconv>
#include <chrono>
#include <string_view>
#include <thread>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "database/dsn.hpp"
#include "live/options.hpp"
#include "project/environment.hpp"

namespace gauger::live {
namespace {

using base::Result;

Result<std::string> find_dsn(const cli::Context& context, const OwnOptions& options,
                             const alembic::Environment& env_file) {
  if (options.dsn) {
    return *options.dsn;
  }
  if (auto dsn = project_dsn(context, env_file)) {
    return *std::move(dsn);
  }
  return base::failure(
      {.kind = base::ErrorKind::configuration,
       .message = fmt::format("no database is named: {} is not set",
                              fmt::join(project::dsn_variables(context.project.settings), " or ")),
       .help = "set it, or give --dsn"});
}

Result<std::optional<std::chrono::milliseconds>> find_lock_timeout(const OwnOptions& options) {
  if (!options.lock_timeout) {
    return std::nullopt;
  }
  constexpr int longest = 1'000'000;
  const std::string& text = *options.lock_timeout;
  int seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc() || end != text.data() + text.size() || seconds < 0 ||
      seconds > longest) {
    return base::failure(
        {.kind = base::ErrorKind::usage,
         .message = fmt::format("--lock-timeout is a number of seconds, not '{}'", text)});
  }
  return std::chrono::seconds(seconds);
}

}  // namespace

std::vector<cli::Flag> own_flags(OwnOptions& options) {
  return {{.name = "--dsn",
           .value_name = "DSN",
           .help = "the database (default: the environment's, or that of the env-file)",
           .target = &options.dsn},
          {.name = "--lock-timeout",
           .value_name = "SECONDS",
           .help = "how long to wait for another migrator; 0: not at all (default: as long as it "
                   "takes)",
           .target = &options.lock_timeout},
          {.name = "--timeout",
           .value_name = "SECONDS",
           .help = "for each step of the project's own code (default: 600)",
           .target = &options.timeout}};
}

void show_output(const cli::Context& context, const alembic::Session& session) {
  if (const std::string output = session.output(); !output.empty()) {
    context.detail(output);
  }
}

Result<OwnDatabase> OwnDatabase::open(const cli::Context& context, const OwnOptions& options,
                                      const Surroundings& surroundings, const std::string& holder) {
  if (auto checked = check_timeout(options.timeout); !checked) {
    return base::failure(std::move(checked.error()));
  }
  auto dsn = find_dsn(context, options, surroundings.env_file);
  const auto patience = find_lock_timeout(options);
  if (!dsn || !patience) {
    return base::failure(!dsn ? dsn.error() : patience.error());
  }
  auto taken = database::MigrationLock::take(
      {.dsn = *dsn, .holder = holder, .timeout = *patience, .waiting = [&](std::string_view who) {
         context.note(fmt::format("waiting for another migrator: {}", who));
       }});
  if (!taken) {
    return base::failure(std::move(taken.error()));
  }
  auto lock = std::make_unique<database::MigrationLock>(std::move(*taken));
  auto connection = database::Connection::open(*dsn);
  if (!connection) {
    return base::failure(std::move(connection.error()));
  }
  const auto facts =
      connection->query(fmt::format("SELECT current_database(), ({})", alembic::identity_sql()));
  if (!facts) {
    return base::failure(facts.error());
  }
  std::string name = facts->at(0).at(0).value_or("");
  // For an env.py that takes the same lock where nobody else does (tools/migrate/README.md).
  alembic::Environment environment = surroundings.project;
  environment["GAUGER_MIGRATION_LOCK"] = "held";
  auto session = alembic::Session::start(
      context.project, {.dsn = database::as_url(*dsn),
                        .database = name,
                        .identity = facts->at(0).at(1).value_or(""),
                        .role = "the database",
                        .environment = std::move(environment),
                        .timeout = std::chrono::seconds(options.timeout),
                        .meanwhile = [held = lock.get()] { return held->check(); }});
  if (!session) {
    return base::failure(std::move(session.error()));
  }
  return OwnDatabase(*std::move(dsn), std::move(name), std::move(lock), std::move(*connection),
                     std::move(*session));
}

OwnDatabase::~OwnDatabase() {
  if (lock_ == nullptr || !session_.is_broken()) {
    return;
  }
  session_.end();
  if (session_.backends().empty()) {
    return;
  }
  // The server looks only now and then whether a client is still there. A process of that number
  // that has begun since is another's.
  std::string processes;
  for (const std::string& each : session_.backends()) {
    processes += (processes.empty() ? "" : ", ") + database::quote_literal(each);
  }
  const std::string left_over = fmt::format(
      "SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity"
      " WHERE pid::text || ' ' || extract(epoch FROM backend_start)::text IN ({})",
      processes);
  constexpr int most_looks = 100;
  for (int look = 0; look < most_looks; ++look) {
    const auto ended = connection_.query(left_over);
    if (!ended || ended->empty()) {
      return;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
}

}  // namespace gauger::live
