#include "database/seed_versions.hpp"

#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace gauger::database {

using base::Result;

Result<std::optional<std::set<std::string>>> read_seed_versions(Connection& connection) {
  const auto found = connection.query("SELECT pg_catalog.to_regclass('seed_versions') IS NOT NULL");
  if (!found) {
    return base::failure(found.error());
  }
  if (found->at(0).at(0) != "t") {
    return std::nullopt;
  }
  const auto rows = connection.query("SELECT revision FROM seed_versions");
  if (!rows) {
    return base::failure(
        {.kind = base::ErrorKind::database,
         .message = fmt::format("cannot read seed_versions: {}", rows.error().message),
         .help = "it needs a column 'revision', which has the ids of the seed scripts that have "
                 "run"});
  }
  std::set<std::string> revisions;
  for (const Row& row : *rows) {
    revisions.insert(row.at(0).value_or(""));
  }
  return revisions;
}

Result<std::vector<std::string>> forget_seeds(Connection& connection,
                                              const std::vector<std::string>& revisions) {
  const auto recorded = read_seed_versions(connection);
  if (!recorded) {
    return base::failure(recorded.error());
  }
  std::vector<std::string> gone;
  std::vector<std::string> literals;
  for (const std::string& revision : revisions) {
    if (*recorded && (*recorded)->contains(revision)) {
      gone.push_back(revision);
      literals.push_back(quote_literal(revision));
    }
  }
  if (gone.empty()) {
    return gone;
  }
  const auto removed = connection.query(
      fmt::format("DELETE FROM seed_versions WHERE revision IN ({})", fmt::join(literals, ", ")));
  if (!removed) {
    return base::failure(removed.error());
  }
  return gone;
}

Result<void> create_seed_versions(Connection& connection) {
  auto made = connection.query(
      "CREATE TABLE IF NOT EXISTS seed_versions (revision text PRIMARY KEY, seeded_at timestamptz "
      "NOT NULL DEFAULT now())");
  if (!made) {
    return base::failure(std::move(made.error()));
  }
  return {};
}

}  // namespace gauger::database
