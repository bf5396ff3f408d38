// The schema that seeds are written for.
#pragma once

#include <optional>

#include "base/file_tree.hpp"
#include "catalog/catalog.hpp"
#include "history/history.hpp"
#include "project/project.hpp"

namespace gauger::tools {

// What all migrations make of an empty database, by replay. Nothing: there are several heads, or
// none.
[[nodiscard]] std::optional<catalog::Catalog> schema_at_head(const base::FileTree& tree,
                                                             const project::Project& project,
                                                             const history::History& history);

}  // namespace gauger::tools
