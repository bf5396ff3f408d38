// The seed scripts of a project: <seeds>/<revision>.py, which fill the tables that a revision made.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_tree.hpp"
#include "base/result.hpp"
#include "history/history.hpp"

namespace gauger::seed {

struct Script {
  std::string path;                       // tree path
  std::string revision;                   // the file's name without ".py"
  std::optional<history::Index> index{};  // nothing: no revision has that id
  bool is_stub = false;                   // seed() does nothing yet
};

struct Scripts {
  // In the order in which `alembic upgrade` runs the revisions; those of no revision last.
  std::vector<Script> scripts{};
  std::vector<base::Error> errors{};  // files that cannot be read or parsed
};

// Not scripts: names that begin with "_" or ".", and what is in folders. No folder: no scripts.
[[nodiscard]] Scripts find_scripts(const base::FileTree& tree, const std::string& folder,
                                   const history::History& history);

// Whether seed() is written and does nothing: `pass`, `...`, a docstring. What begins as a stub is
// filled later, so it has not been run.
//
// Error (unparsable): see python::parse.
[[nodiscard]] base::Result<bool> is_stub(std::string_view text);

}  // namespace gauger::seed
