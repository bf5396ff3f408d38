#include "git/repository.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/file_tree.hpp"

namespace gauger::git {
namespace {

// What `git rev-parse --local-env-vars` lists, and more of the kind: they choose a repository, or
// change what its files say.
constexpr std::array repository_variables = {
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_DIR",
    "GIT_GRAFT_FILE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_INTERNAL_SUPER_PREFIX",
    "GIT_LITERAL_PATHSPECS",
    "GIT_GLOB_PATHSPECS",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS",
    "GIT_NAMESPACE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_QUARANTINE_PATH",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
    "GIT_DEFAULT_HASH",
    "GIT_EXTERNAL_DIFF",
    "GIT_DIFF_OPTS",
};

std::string take(Environment& environment, const std::string& name) {
  const auto found = environment.find(name);
  if (found == environment.end()) {
    return {};
  }
  std::string value = std::move(found->second);
  environment.erase(found);
  return value;
}

std::string first_line(std::string_view text) {
  return std::string(text.substr(0, text.find('\n')));
}

// What git says is wrong, without "fatal: " and the lines of advice below it.
std::string complaint(std::string_view errors) {
  for (const std::string_view mark : {"fatal: ", "error: "}) {
    const std::size_t at = errors.find(mark);
    if (at != std::string_view::npos && (at == 0 || errors[at - 1] == '\n')) {
      return first_line(errors.substr(at + mark.size()));
    }
  }
  return first_line(errors);
}

}  // namespace

std::string shell_word(const std::string& word) {
  const bool plain = !word.empty() && std::all_of(word.begin(), word.end(), [](char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || std::string_view("/._-+:=@,%").find(byte) < 11;
  });
  if (plain) {
    return word;
  }
  std::string quoted = "'";
  for (const char byte : word) {
    quoted += byte == '\'' ? std::string("'\\''") : std::string(1, byte);
  }
  return quoted + "'";
}

base::Result<Repository> Repository::open(std::string root, Environment environment,
                                          const std::string& current_folder) {
  if (!base::WorkingTree(root).kind(".git")) {
    return git_error("this folder is in no git repository",
                     fmt::format("there is no .git in {} or above it: run it in a clone of the "
                                 "repository; `git init` makes a new one",
                                 root));
  }
  Repository repository;
  std::string index = take(environment, "GIT_INDEX_FILE");
  for (const char* name : repository_variables) {
    environment.erase(name);
  }
  environment["GIT_OPTIONAL_LOCKS"] = "0";
  environment["GIT_TERMINAL_PROMPT"] = "0";
  environment["LC_ALL"] = "C";
  environment.erase("LANGUAGE");
  repository.root_ = std::move(root);
  repository.environment_ = std::move(environment);
  if (index.empty()) {
    return repository;
  }
  auto folder = repository.line({"rev-parse", "--absolute-git-dir"});
  if (!folder) {
    return base::failure(std::move(folder.error()));
  }
  if (!index.starts_with('/')) {
    index = fmt::format("{}/{}", current_folder, index);
  }
  const std::string normal = "/" + base::join_path({}, index).value_or("");
  return normal.starts_with(*folder + "/") ? repository.with("GIT_INDEX_FILE", normal)
                                           : std::move(repository);
}

Repository Repository::with(std::string name, std::string value) const {
  Repository other = *this;
  other.environment_[std::move(name)] = std::move(value);
  return other;
}

base::Command Repository::command(const std::vector<std::string>& arguments) const {
  base::Command command{.arguments = {"git", "--literal-pathspecs", "-c", "core.fsmonitor=false",
                                      "-c", "core.quotePath=false"},
                        .environment = environment_,
                        .folder = root_};
  command.arguments.insert(command.arguments.end(), arguments.begin(), arguments.end());
  return command;
}

base::Error Repository::not_started(const base::Command& command, base::Error error) const {
  error.kind = base::ErrorKind::git;
  if (base::program_not_found(command)) {
    error.message = "there is no git on the PATH";
    error.help = "install git, 2.38 or newer: apt-get install git";
  }
  return error;
}

base::Error Repository::explain(const std::vector<std::string>& arguments,
                                const base::Finished& finished) const {
  base::Error error{.kind = base::ErrorKind::git};
  if (finished.errors.find("dubious ownership") != std::string::npos ||
      finished.errors.find("unsafe repository") != std::string::npos) {
    error.message = fmt::format("git does not read {}, since it belongs to another user", root_);
    error.help = fmt::format("if you trust it: git config --global --add safe.directory {}",
                             shell_word(root_));
  } else if (finished.errors.find("not a git repository") != std::string::npos) {
    error.message =
        fmt::format("git finds no repository at {}: {}", root_, complaint(finished.errors));
    error.help =
        "the folder may have been copied without what its .git refers to: clone it again, or "
        "`git worktree repair`";
  } else {
    error.message =
        fmt::format("git {}: {}", arguments.front(),
                    finished.errors.empty() ? fmt::format("exit status {}", finished.status)
                                            : complaint(finished.errors));
  }
  return error;
}

base::Result<base::Finished> Repository::ask(const std::vector<std::string>& arguments) const {
  const base::Command wanted = command(arguments);
  auto finished = base::run(wanted);
  if (!finished) {
    return base::failure(not_started(wanted, std::move(finished.error())));
  }
  // 128 is git's own "fatal"; what is wrong with the repository as a whole is no answer.
  const std::string& errors = finished->errors;
  if (finished->status == 128 && (errors.find("dubious ownership") != std::string::npos ||
                                  errors.find("not a git repository") != std::string::npos)) {
    return base::failure(explain(arguments, *finished));
  }
  return finished;
}

base::Result<std::string> Repository::run(const std::vector<std::string>& arguments) const {
  auto finished = ask(arguments);
  if (!finished) {
    return base::failure(std::move(finished.error()));
  }
  if (finished->status != 0) {
    return base::failure(explain(arguments, *finished));
  }
  return std::move(finished->output);
}

base::Result<std::string> Repository::line(const std::vector<std::string>& arguments) const {
  auto output = run(arguments);
  if (output && output->ends_with('\n')) {
    output->pop_back();
  }
  return output;
}

base::Result<base::Conversation> Repository::converse(
    const std::vector<std::string>& arguments) const {
  const base::Command wanted = command(arguments);
  auto started = base::Conversation::start(wanted);
  if (!started) {
    return base::failure(not_started(wanted, std::move(started.error())));
  }
  return started;
}

}  // namespace gauger::git
