// The history of a project as it would be once its branch is merged with its base.
#pragma once

#include <memory>
#include <vector>

#include "base/file_tree.hpp"
#include "base/result.hpp"
#include "git/commits.hpp"
#include "git/merge.hpp"
#include "git/repository.hpp"
#include "git/snapshot.hpp"
#include "history/graph.hpp"
#include "history/history.hpp"
#include "project/project.hpp"

namespace gauger::branch {

struct MergedHistory {
  std::unique_ptr<git::SimulatedMerge> tree;  // the working tree merged with the base
  history::History history;
  history::RevisionSet own;         // the revisions whose ids the base does not have
  std::vector<base::Error> errors;  // revision files that git cannot merge, or that cannot be read
};

// What git says of a merge, before any history is read.
struct PreparedMerge {
  git::BasePoint base;
  std::unique_ptr<git::SimulatedMerge> tree;
  std::unique_ptr<git::Snapshot> base_files;  // of the base, in the version locations
};

// Merges the base into HEAD, with what is not committed yet. `disk` is the working tree and must
// outlive the result. Error (git): the merge cannot be simulated, or the base cannot be read.
[[nodiscard]] base::Result<PreparedMerge> prepare_merge(const project::Project& project,
                                                        const base::FileTree& disk,
                                                        const git::Repository& repository,
                                                        const git::BasePoint& base);

// `now` is the history that was read from the working tree: of revisions that the merge does not
// touch, no file is read again.
[[nodiscard]] MergedHistory merge_with_base(const project::Project& project,
                                            const history::History& now, PreparedMerge merge);

// The revisions of the working tree's history, `now`, whose ids the base does not have, nor had
// where the branch parts from it.
[[nodiscard]] base::Result<history::RevisionSet> own_revisions(const project::Project& project,
                                                               const base::FileTree& disk,
                                                               const history::History& now,
                                                               const git::Repository& repository,
                                                               const git::BasePoint& base);

}  // namespace gauger::branch
