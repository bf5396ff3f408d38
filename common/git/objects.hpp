// The contents of a repository's objects.
#pragma once

#include <mutex>
#include <optional>
#include <string>

#include "base/process.hpp"
#include "base/result.hpp"
#include "git/repository.hpp"

namespace gauger::git {

// One `git cat-file --batch` for all objects, started when the first is asked for. Safe to use from
// several threads.
class Objects {
 public:
  explicit Objects(Repository repository) : repository_(std::move(repository)) {}

  // The bytes of a blob, by its full object name. `path` is what an Error names. Error: git has
  // no such object (it is fetched where the clone is partial), or it is no file; unreadable: larger
  // than base::FileTree::largest_file.
  [[nodiscard]] base::Result<std::string> read(const std::string& id, const std::string& path);

 private:
  [[nodiscard]] base::Result<std::string> ask(const std::string& id, const std::string& path);

  Repository repository_;
  std::mutex mutex_;
  std::optional<base::Conversation> git_;
};

}  // namespace gauger::git
