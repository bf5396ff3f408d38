// The schema at every revision: what the migrations below it have made of an empty database.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "catalog/apply.hpp"
#include "catalog/catalog.hpp"
#include "history/graph.hpp"
#include "history/history.hpp"
#include "migration/operation.hpp"

namespace gauger::schema {

using history::Index;
using history::RevisionSet;

// What upgrade() of a revision does. The reference is used before the next call.
using Operations = std::function<const std::vector<migration::Operation>&(Index revision)>;

// Whether the visit applied the revision's operations itself, with the past, rather
// than leave that to the replay.
enum class Applied : std::uint8_t { no, yes };
// The catalog is what the revision finds; it is valid during the call only.
using Visit = std::function<Applied(Index revision, const catalog::Changing& found)>;

// A revision, and the catalog that it and all below it leave.
struct Start {
  Index revision = 0;
  catalog::Catalog catalog{};
};

// Visits the chosen revisions, each with the catalog that its down revisions and dependencies, and
// all below them, leave. Revisions below come first, but for that the order is not the History's:
// one branch is followed to its end before the next. A shadowed revision is not visited.
//
// A merge finds what each branch made, applied in the order in which `alembic upgrade` would run
// them. Where a parent is missing, or the history runs in a circle, the catalog is not complete.
//
// With a start, what is below it is not asked for. Each chosen revision must then be above it, by
// down revisions and dependencies that are chosen themselves or are the start: see starts_at().
//
// One catalog moves along the chain; at a branch point the operations of the smaller branches are
// undone again. The operations of a revision are asked for once, and once more for each merge that
// brings them to a branch.
void replay(const history::History& history, const RevisionSet& chosen,
            const Operations& operations, const Visit& visit, std::optional<Start> start = {});

// The one revision that a replay of the chosen ones can start at; nothing where there is none, such
// as where they begin at several places or with the history itself.
[[nodiscard]] std::optional<Index> starts_at(const history::History& history,
                                             const RevisionSet& chosen);

// The same for one revision, and the catalog that it leaves.
[[nodiscard]] catalog::Catalog after(const history::History& history, Index revision,
                                     const Operations& operations);

// Whether the table was made in `revision` or in one of the unreleased ones, which no running
// database has: nobody uses it, and it has no rows but those that these revisions gave it. A table
// that may have been there already was not.
[[nodiscard]] bool created_here(const catalog::Table& table, Index revision,
                                const RevisionSet& unreleased);
[[nodiscard]] bool created_here(const catalog::Enum& type, Index revision,
                                const RevisionSet& unreleased);

}  // namespace gauger::schema
