// A git repository, asked through the git program.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/process.hpp"
#include "base/result.hpp"

namespace gauger::git {

using Environment = std::map<std::string, std::string>;

// The repository whose working tree is at `root`: a clone, a linked worktree, a submodule, shallow
// or partial. A plain value; nothing is kept open.
//
// A hook is called with GIT_DIR and others, which would lead git elsewhere: none of them counts
// here but GIT_INDEX_FILE (which `git commit FILE` and `git commit -a` set to an index of their
// own), where it lies in this repository. Nothing is locked, fetched where objects are not missing,
// or asked of a terminal; messages are in English, since they are read.
class Repository {
 public:
  // `root` is absolute. `environment` is this process's, `current_folder` what a relative
  // GIT_INDEX_FILE is relative to. Error (git): there is no `.git`.
  [[nodiscard]] static base::Result<Repository> open(std::string root, Environment environment,
                                                     const std::string& current_folder);

  // Runs `git ARGUMENTS` in the root. Whatever its exit status is, is an answer.
  // Error (git): there is no git, or it does not end.
  [[nodiscard]] base::Result<base::Finished> ask(const std::vector<std::string>& arguments) const;
  // What it printed. Error (git): it cannot be run, or its exit status is not 0.
  [[nodiscard]] base::Result<std::string> run(const std::vector<std::string>& arguments) const;
  // The same as a line: without its final "\n".
  [[nodiscard]] base::Result<std::string> line(const std::vector<std::string>& arguments) const;
  [[nodiscard]] base::Result<base::Conversation> converse(
      const std::vector<std::string>& arguments) const;

  // The repository as seen with one more variable in git's environment.
  [[nodiscard]] Repository with(std::string name, std::string value) const;

  [[nodiscard]] const std::string& root() const { return root_; }
  [[nodiscard]] const Environment& environment() const { return environment_; }

 private:
  Repository() = default;
  [[nodiscard]] base::Command command(const std::vector<std::string>& arguments) const;
  [[nodiscard]] base::Error explain(const std::vector<std::string>& arguments,
                                    const base::Finished& finished) const;
  [[nodiscard]] base::Error not_started(const base::Command& command, base::Error error) const;

  std::string root_;
  Environment environment_;
};

// Words of a command line for a shell, for advice.
[[nodiscard]] std::string shell_word(const std::string& word);

[[nodiscard]] inline tl::unexpected<base::Error> git_error(std::string message,
                                                           std::string help = {}) {
  return base::failure({.kind = base::ErrorKind::git,
                        .message = std::move(message),
                        .path = {},
                        .help = std::move(help)});
}

}  // namespace gauger::git
