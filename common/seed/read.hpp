// What a seed script does, as a list of operations.
#pragma once

#include <string>

#include "base/file_tree.hpp"
#include "base/result.hpp"
#include "eval/module.hpp"
#include "migration/migration.hpp"

namespace gauger::seed {

// Reads seed() as a migration is read, without running it: SQL text and SQLAlchemy's inserts alike,
// helpers followed. They are the Migration's `upgrade`.
//
// Error (unreadable, unparsable): the script.
[[nodiscard]] base::Result<migration::Migration> read_script(const base::FileTree& tree,
                                                             const std::string& path,
                                                             eval::Library& library);

}  // namespace gauger::seed
