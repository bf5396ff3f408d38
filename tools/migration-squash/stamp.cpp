#include "tools/migration-squash/stamp.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "database/connection.hpp"
#include "database/seed_versions.hpp"

namespace gauger::tools {
namespace {

using base::Result;
using database::quote_identifier;
using database::quote_literal;

std::string quoted(const alembic::SchemaName& name) {
  return name.schema.empty()
             ? quote_identifier(name.name)
             : fmt::format("{}.{}", quote_identifier(name.schema), quote_identifier(name.name));
}

// The new seed has run where all of the old ones have.
Result<void> stamp_seeds(database::Connection& connection, const Replacement& replacement) {
  const auto recorded = database::read_seed_versions(connection);
  if (!recorded) {
    return base::failure(recorded.error());
  }
  if (!*recorded || replacement.seeds.empty()) {
    return {};
  }
  const bool all = std::all_of(replacement.seeds.begin(), replacement.seeds.end(),
                               [&](const std::string& id) { return (*recorded)->contains(id); });
  if (all) {
    const auto added = connection.query(
        fmt::format("INSERT INTO seed_versions (revision) VALUES ({}) ON CONFLICT DO NOTHING",
                    quote_literal(replacement.by)));
    if (!added) {
      return base::failure(added.error());
    }
  }
  if (auto removed = database::forget_seeds(connection, replacement.replaced); !removed) {
    return base::failure(std::move(removed.error()));
  }
  return {};
}

}  // namespace

base::Json to_facts(const Replacement& replacement) {
  return {{"replaced", replacement.replaced},
          {"by", replacement.by},
          {"seeds", replacement.seeds},
          {"adds", replacement.adds}};
}

std::optional<Replacement> from_facts(const base::Json& facts) {
  if (!facts.contains("replaced") || !facts.contains("by") || !facts.contains("seeds")) {
    return std::nullopt;
  }
  return Replacement{facts["replaced"].get<std::vector<std::string>>(),
                     facts["by"].get<std::string>(), facts["seeds"].get<std::vector<std::string>>(),
                     facts.value("adds", false)};
}

Result<bool> stamp(live::OwnDatabase& own, const alembic::SchemaName& version_table,
                   const std::vector<std::string>& current, const Replacement& replacement) {
  const auto& replaced = replacement.replaced;
  const auto at =
      std::find_first_of(current.begin(), current.end(), replaced.begin(), replaced.end());
  if (at == current.end()) {
    return false;
  }
  if (*at != replaced.back()) {
    return base::failure(
        {.kind = base::ErrorKind::database,
         .message =
             fmt::format("the database stands at '{}', in the middle of what is squashed", *at),
         .help = "upgrade it first, with the migrations as they were: migrate"});
  }
  if (replacement.adds) {
    return base::failure(
        {.kind = base::ErrorKind::database,
         .message = fmt::format("the database lacks what the squash to '{}' added", replacement.by),
         .help = "upgrade an empty one; or make here what is missing (drift --database DSN lists "
                 "it) and then: alembic stamp --purge " +
                 replacement.by});
  }
  const auto moved = own.connection().query(
      fmt::format("UPDATE {} SET version_num = {} WHERE version_num = {}", quoted(version_table),
                  quote_literal(replacement.by), quote_literal(*at)));
  if (!moved) {
    return base::failure(moved.error());
  }
  if (auto seeds = stamp_seeds(own.connection(), replacement); !seeds) {
    return base::failure(std::move(seeds.error()));
  }
  return true;
}

}  // namespace gauger::tools
