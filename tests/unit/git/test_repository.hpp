// A git repository of a test's own, removed at its end.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/process.hpp"
#include "git/repository.hpp"

namespace gauger::tests {

class TestRepository {
 public:
  TestRepository() {
    std::string name = (std::filesystem::temp_directory_path() / "gauger-git-XXXXXX").string();
    top_ = std::filesystem::canonical(::mkdtemp(name.data())).string();
    root_ = top_ + "/work tree";
    std::filesystem::create_directories(root_);
    git({"init", "--quiet", "--initial-branch=main"});
  }
  TestRepository(const TestRepository&) = delete;
  TestRepository& operator=(const TestRepository&) = delete;
  ~TestRepository() {
    std::error_code ignored;
    std::filesystem::remove_all(top_, ignored);
  }

  [[nodiscard]] const std::string& root() const { return root_; }
  [[nodiscard]] const std::string& top() const { return top_; }

  [[nodiscard]] git::Environment environment() const {
    return {{"PATH", ::getenv("PATH")},
            {"HOME", top_},
            {"GIT_CONFIG_NOSYSTEM", "1"},
            {"GIT_AUTHOR_NAME", "Test"},
            {"GIT_AUTHOR_EMAIL", "test@example.com"},
            {"GIT_AUTHOR_DATE", "2024-01-01T00:00:00Z"},
            {"GIT_COMMITTER_NAME", "Test"},
            {"GIT_COMMITTER_EMAIL", "test@example.com"},
            {"GIT_COMMITTER_DATE", "2024-01-01T00:00:00Z"}};
  }

  // What it printed, without the final line end.
  std::string git(std::vector<std::string> arguments, const std::string& folder = {},
                  const std::string& input = {}) const {
    arguments.insert(arguments.begin(), {"git", "-c", "protocol.file.allow=always"});
    const auto finished = base::run({.arguments = arguments,
                                     .environment = environment(),
                                     .folder = folder.empty() ? root_ : folder,
                                     .input = input});
    if (!finished || finished->status != 0) {
      throw std::runtime_error(finished ? finished->errors : finished.error().message);
    }
    std::string output = finished->output;
    if (output.ends_with('\n')) {
      output.pop_back();
    }
    return output;
  }

  void write(const std::string& path, std::string_view text) const {
    const std::filesystem::path place = std::filesystem::path(root_) / path;
    std::filesystem::create_directories(place.parent_path());
    std::ofstream(place, std::ios::binary) << text;
  }
  void link(const std::string& path, const std::string& target) const {
    const std::filesystem::path place = std::filesystem::path(root_) / path;
    std::filesystem::create_directories(place.parent_path());
    std::filesystem::create_symlink(target, place);
  }
  void remove(const std::string& path) const {
    std::filesystem::remove_all(std::filesystem::path(root_) / path);
  }

  // Commits all that is on disk; its full name.
  std::string commit() const {
    git({"add", "--all"});
    git({"commit", "--quiet", "--allow-empty", "--message=test"});
    return git({"rev-parse", "HEAD"});
  }

  [[nodiscard]] git::Repository open() const { return open_at(root_); }
  [[nodiscard]] git::Repository open_at(const std::string& root) const {
    return git::Repository::open(root, environment(), root).value();
  }

 private:
  std::string top_;
  std::string root_;
};

}  // namespace gauger::tests
