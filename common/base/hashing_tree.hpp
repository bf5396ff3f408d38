// A tree that remembers the content hash of what was read through it.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/file_tree.hpp"

namespace gauger::base {

class HashingTree final : public FileTree {
 public:
  // `tree` must outlive it.
  explicit HashingTree(const FileTree& tree) : tree_(tree) {}

  [[nodiscard]] Result<std::vector<Entry>> list(const std::string& folder) const override {
    return tree_.list(folder);
  }
  [[nodiscard]] Result<std::string> read(const std::string& path) const override;
  [[nodiscard]] std::optional<EntryKind> kind(const std::string& path) const override {
    return tree_.kind(path);
  }
  [[nodiscard]] RealPath real_path(const std::string& path) const override {
    return tree_.real_path(path);
  }

  // The content_hash() of what was read last; nothing for a path that was not read, or could not
  // be.
  [[nodiscard]] std::optional<std::string> hash(const std::string& path) const;

 private:
  const FileTree& tree_;
  mutable std::mutex mutex_;
  mutable std::unordered_map<std::string, std::string> hashes_;
};

}  // namespace gauger::base
