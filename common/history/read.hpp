// Reading revision files, without running them.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_tree.hpp"
#include "base/result.hpp"
#include "eval/module.hpp"
#include "history/revision.hpp"
#include "project/project.hpp"

namespace gauger::history {

// In the order of the files that were read: the order in which Alembic loads them.
struct RevisionReading {
  std::vector<Revision> revisions;
  std::vector<base::Error> errors;       // one for each file that gave no revision
  std::vector<std::string> not_entered;  // as project::RevisionFiles has it
};

// Finds the project's revision files in the tree and reads them on all cores; folders that could
// not be read are among the errors.
[[nodiscard]] RevisionReading read_revisions(const base::FileTree& tree,
                                             const project::AlembicSettings& alembic);

// Reads these files on up to `threads` threads. `modules`: see read_revision.
[[nodiscard]] RevisionReading read_revisions(const base::FileTree& tree,
                                             std::span<const project::RevisionFile> files,
                                             eval::Library* modules, unsigned threads);

// Reads one file of decoded text. Follows Script._from_path of alembic/script/base.py: a file
// without `revision` is a revision only when its name is a hexadecimal number (Alembic 0.1).
// With `modules`, identifiers that the file imports from the project are known, too.
//
// Error: unparsable, from python::outline; identifier, where an identifier is missing, of the
// wrong type, or cannot be known without running the file.
[[nodiscard]] base::Result<Revision> read_revision(const std::string& path, std::string_view text,
                                                   eval::Library* modules = nullptr);

}  // namespace gauger::history
