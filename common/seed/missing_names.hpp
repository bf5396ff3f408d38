// What a seed script names that is not there.
#pragma once

#include <string>
#include <vector>

#include "base/file_tree.hpp"
#include "base/result.hpp"
#include "base/text.hpp"
#include "catalog/catalog.hpp"
#include "eval/module.hpp"

namespace gauger::seed {

struct MissingName {
  std::string table{};   // as written
  std::string column{};  // empty: the table is not there
  std::string path{};    // where it is written: of the script, or of a module of the project
  base::Span span{};
};

// The tables that seed() writes to, and the columns that its SQL text names there, which the schema
// at head lacks. Silent on what cannot be told: under a condition or in a `try`, where the schema
// is not known as a whole, after a statement that is not understood, of tables that an extension
// or another search path may have. Each place once.
//
// Error (unreadable, unparsable): the script.
[[nodiscard]] base::Result<std::vector<MissingName>> missing_names(const base::FileTree& tree,
                                                                   const std::string& path,
                                                                   eval::Library& library,
                                                                   const catalog::Catalog& head);

}  // namespace gauger::seed
