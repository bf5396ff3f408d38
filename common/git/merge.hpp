// What merging a branch would give, without merging it.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/file_tree.hpp"
#include "base/result.hpp"
#include "git/objects.hpp"
#include "git/repository.hpp"

namespace gauger::git {

// The files on disk as they would be after `git merge`: the working tree, committed or not, with
// all that the merge would change in HEAD. `git merge-tree --write-tree` says what that is (three
// ways, by path, renames followed), so that git 2.38 or newer is needed. Its objects go to a
// folder of their own, which is removed with this: the repository is left as it was.
class SimulatedMerge final : public base::FileTree {
 public:
  // Merges the commit `theirs` into HEAD, of which `head` is the full name. `below` is the working
  // tree, and must outlive the result.
  [[nodiscard]] static base::Result<std::unique_ptr<SimulatedMerge>> make(
      const Repository& repository, const std::string& head, const std::string& theirs,
      const base::FileTree& below);
  ~SimulatedMerge() override;
  SimulatedMerge(const SimulatedMerge&) = delete;
  SimulatedMerge& operator=(const SimulatedMerge&) = delete;

  // Files that git cannot merge by itself; what is read of them has git's conflict markers, or is
  // one of the sides.
  [[nodiscard]] const std::vector<std::string>& conflicts() const { return conflicts_; }
  // Whether the merge changes this file of HEAD, or brings or deletes it.
  [[nodiscard]] bool changes(const std::string& path) const { return files_.contains(path); }
  // Whether the merge changes anything in HEAD.
  [[nodiscard]] bool changes_nothing() const { return files_.empty(); }
  // The whole result as a tree of git, for Snapshot::of_tree with `repository()`.
  [[nodiscard]] const std::string& tree_id() const { return tree_; }
  [[nodiscard]] const Repository& repository() const { return repository_; }

  [[nodiscard]] base::Result<std::vector<base::Entry>> list(
      const std::string& folder) const override;
  [[nodiscard]] base::Result<std::string> read(const std::string& path) const override;
  [[nodiscard]] std::optional<base::EntryKind> kind(const std::string& path) const override;
  [[nodiscard]] base::RealPath real_path(const std::string& path) const override;

 private:
  SimulatedMerge(Repository repository, std::string folder, const base::FileTree& below)
      : repository_(std::move(repository)),
        folder_(std::move(folder)),
        below_(below),
        objects_(repository_) {}

  Repository repository_;
  std::string folder_;  // for new objects; absolute
  const base::FileTree& below_;
  std::string tree_;
  std::vector<std::string> conflicts_;
  // What the merge changes: path -> object name; empty where it deletes.
  std::map<std::string, std::string> files_;
  mutable Objects objects_;
};

}  // namespace gauger::git
