// What a seed script would insert a second time.
#pragma once

#include <string>
#include <vector>

#include "base/file_tree.hpp"
#include "base/result.hpp"
#include "base/text.hpp"
#include "eval/module.hpp"

namespace gauger::seed {

// An INSERT that nothing keeps from being run on rows that are there.
struct RepeatedInsert {
  std::string table{};  // as written; "?" for what is not known
  std::string path{};   // where it is written: of the script, or of a module of the project
  base::Span span{};
};

// Of what read_script() gives. Guards are ON CONFLICT, a query with NOT EXISTS and the like, a
// condition around it that cannot be told (a look into the table), a `try`, and a DELETE or
// TRUNCATE of the table before it. Each place once.
//
// Error (unreadable, unparsable): the script.
[[nodiscard]] base::Result<std::vector<RepeatedInsert>> repeated_inserts(const base::FileTree& tree,
                                                                         const std::string& path,
                                                                         eval::Library& library);

}  // namespace gauger::seed
