// What keeps Alembic from loading a history, or lets it load another than the files say.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "history/graph.hpp"
#include "history/history.hpp"

namespace gauger::history {

enum class ProblemKind : std::uint8_t {
  illegal_id,          // `name` has a character that Alembic reserves: @ - + :
  self_parent,         // names itself as `down_revision` (LoopDetected)
  self_dependency,     // names itself as `depends_on` (DependencyLoopDetected)
  duplicate_label,     // label `name` is taken, as an id or label, by `related`
  unknown_dependency,  // `depends_on` names `name`, which is neither id nor label (KeyError)
  unknown_parent,      // `down_revision` names `name`, which is no id (KeyError)
  cycle,               // `related` are its members, from one to its down revision
  dependency_cycle,    // the same, with at least one step by `depends_on`
  empty_dependency,    // a base with depends_on = "", which Alembic takes for a cycle
  duplicate_id,        // `related` are all files with this id, the last being the one in force
};

struct Problem {
  ProblemKind kind = ProblemKind::cycle;
  Index revision = 0;  // where it shows
  std::string name{};
  std::vector<Index> related{};
};

// All problems, in the order in which Alembic would meet them (RevisionMap._revision_map), and for
// one kind in the order of the History. References to external revisions are none.
[[nodiscard]] std::vector<Problem> problems(const History& history);

// True for what stops `alembic heads`; a duplicate id is only a warning there.
[[nodiscard]] bool stops_alembic(ProblemKind kind);

}  // namespace gauger::history
