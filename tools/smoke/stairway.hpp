// Every revision up, down and up again, and what its downgrade leaves.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "base/result.hpp"
#include "catalog/diff.hpp"
#include "history/history.hpp"
#include "live/workshop.hpp"
#include "tools/smoke/run.hpp"

namespace gauger::tools {

// What differs between the schema before a revision and after its downgrade.
struct Leftover {
  std::string revision{};
  catalog::Difference difference{};  // makes the schema what it was
};

// A revision that was not taken down.
struct Skipped {
  std::string revision{};
  std::string reason{};  // "downgrade() is empty"
};

struct Stairway {
  Run run{.name = "stairway"};              // an upgrade that failed ends it
  std::vector<Failed> failed_downgrades{};  // the climb goes on
  std::vector<Failed> failed_returns{};     // upgrades after their own downgrade
  std::vector<Leftover> leftovers{};
  std::vector<Skipped> skipped{};
};

// A database where the climb begins; asked for again where a revision that cannot come up again has
// spoilt the last one.
using MakeWorkshop = std::function<base::Result<live::Workshop>()>;

// In topological order. What the database has already stays as it is.
[[nodiscard]] base::Result<Stairway> climb(const MakeWorkshop& make_workshop,
                                           const history::History& history,
                                           const Progress& progress);

[[nodiscard]] base::Json describe(const Stairway& stairway);

}  // namespace gauger::tools
