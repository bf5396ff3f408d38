// Which files differ between two states of a repository.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "git/repository.hpp"

namespace gauger::git {

enum class ChangeKind : std::uint8_t { added, modified, deleted, renamed, copied };

struct Change {
  ChangeKind kind = ChangeKind::modified;
  std::string path;        // where it is now; of a deleted file, where it was
  std::string old_path{};  // renamed, copied: what it was made of; else the same as `path`
  // Full object names for git::Objects; empty where there is nothing on that side, or where what is
  // on disk is in no object yet.
  std::string old_id{};
  std::string new_id{};
};

enum class Renames : std::uint8_t {
  ignore,  // a file that moves is deleted and added
  find,    // as `git diff -M` finds them, by likeness of content
};

// `from` and `to` are full names of commits or trees. Sorted by path. Submodules are left out.
[[nodiscard]] base::Result<std::vector<Change>> changes_between(const Repository& repository,
                                                                const std::string& from,
                                                                const std::string& to,
                                                                Renames renames);
// To what is staged.
[[nodiscard]] base::Result<std::vector<Change>> changes_to_index(const Repository& repository,
                                                                 const std::string& from,
                                                                 Renames renames);
// To what is on disk, with the files that git does not know and does not ignore; of these, renames
// are not found.
[[nodiscard]] base::Result<std::vector<Change>> changes_to_working_tree(
    const Repository& repository, const std::string& from, Renames renames);

}  // namespace gauger::git
