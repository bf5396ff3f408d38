// Symbolic links in a working tree. Other trees show what a link points to and no links.
#pragma once

#include <set>
#include <string>

#include "base/file_tree.hpp"

namespace gauger::project {

struct Target {
  std::string path;      // tree path where the link leads, or absolute where that is outside
  bool is_link = false;  // false: `path` is what was asked for, in a folder that may be linked
  bool in_tree = true;
  bool loops = false;
};

// Must not outlive the tree.
class LinkReader {
 public:
  explicit LinkReader(const base::FileTree& tree);

  [[nodiscard]] bool is_link(const std::string& path);
  // Where a file really is. What is known of its folder is remembered, so that files of one folder
  // cost no system call each unless they are links.
  [[nodiscard]] Target follow(const std::string& path);

 private:
  void enter(const std::string& folder);
  [[nodiscard]] Target locate(std::string real) const;

  const base::WorkingTree* disk_;  // null: a tree without links
  std::string real_root_;
  std::string folder_;       // that was asked about last
  std::string real_folder_;  // absolute; empty: none was asked about
  std::set<std::string> links_in_folder_;
};

}  // namespace gauger::project
