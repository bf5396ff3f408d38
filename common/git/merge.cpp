#include "git/merge.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <set>
#include <string_view>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "git/changes.hpp"

namespace gauger::git {
namespace {

constexpr int conflict_status = 1;
constexpr int usage_status = 129;

// An entry of GIT_ALTERNATE_OBJECT_DIRECTORIES, which ':' separates; quoted as in C.
std::string list_entry(const std::string& folder) {
  std::string quoted = "\"";
  for (const char byte : folder) {
    if (byte == '"' || byte == '\\') {
      quoted += '\\';
    }
    quoted += byte == '\n' ? std::string("\\n") : std::string(1, byte);
  }
  return quoted + '"';
}

base::Result<std::string> make_temporary_folder() {
  std::error_code code;
  std::string name = (std::filesystem::temp_directory_path(code) / "gauger-merge-XXXXXX").string();
  if (code || ::mkdtemp(name.data()) == nullptr) {
    return git_error(fmt::format("cannot make a folder for the merge's objects: {}",
                                 std::strerror(errno)));  // NOLINT(concurrency-mt-unsafe)
  }
  return name;
}

// The same repository, with a folder of its own for new objects.
base::Result<Repository> divert(const Repository& repository, const std::string& folder) {
  std::string place = repository.root() + "/.git/objects";
  if (base::WorkingTree(repository.root()).kind(".git") != base::EntryKind::folder) {
    auto objects = repository.line({"rev-parse", "--git-path", "objects"});  // elsewhere
    if (!objects) {
      return base::failure(std::move(objects.error()));
    }
    place =
        objects->starts_with('/') ? *objects : fmt::format("{}/{}", repository.root(), *objects);
  }
  return repository.with("GIT_OBJECT_DIRECTORY", folder)
      .with("GIT_ALTERNATE_OBJECT_DIRECTORIES", list_entry(place));
}

base::Error refusal(const base::Finished& finished) {
  base::Error error{.kind = base::ErrorKind::git};
  const std::string_view errors = finished.errors;
  if (finished.status == usage_status || errors.starts_with("usage:") ||
      errors.find("--write-tree") != std::string_view::npos) {
    error.message = "this git cannot simulate a merge: `git merge-tree` has no --write-tree";
    error.help = "git 2.38 or newer is needed; `git --version` says which one this is";
  } else {
    error.message = fmt::format("git merge-tree: {}", errors.substr(0, errors.find('\n')));
  }
  return error;
}

}  // namespace

base::Result<std::unique_ptr<SimulatedMerge>> SimulatedMerge::make(const Repository& repository,
                                                                   const std::string& head,
                                                                   const std::string& theirs,
                                                                   const base::FileTree& below) {
  auto folder = make_temporary_folder();
  if (!folder) {
    return base::failure(std::move(folder.error()));
  }
  auto diverted = divert(repository, *folder);
  std::unique_ptr<SimulatedMerge> merge(
      new SimulatedMerge(diverted ? *diverted : repository, *std::move(folder), below));
  if (!diverted) {
    return base::failure(std::move(diverted.error()));
  }
  const auto finished = merge->repository_.ask(
      {"merge-tree", "--write-tree", "-z", "--name-only", "--no-messages", head, theirs});
  if (!finished) {
    return base::failure(finished.error());
  }
  if (finished->status != 0 && finished->status != conflict_status) {
    return base::failure(refusal(*finished));
  }
  std::string_view rest = finished->output;  // "<tree>\0", and a "<path>\0" for each conflict
  std::set<std::string> conflicts;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\0'), rest.size());
    std::string word(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (merge->tree_.empty()) {
      merge->tree_ = std::move(word);
    } else if (!word.empty()) {
      conflicts.insert(std::move(word));
    }
  }
  merge->conflicts_.assign(conflicts.begin(), conflicts.end());
  const auto changes =
      changes_between(merge->repository_, head + "^{tree}", merge->tree_, Renames::ignore);
  if (!changes) {
    return base::failure(changes.error());
  }
  for (const Change& change : *changes) {
    merge->files_[change.path] = change.new_id;
  }
  return merge;
}

SimulatedMerge::~SimulatedMerge() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

base::Result<std::vector<base::Entry>> SimulatedMerge::list(const std::string& folder) const {
  const std::string prefix = folder.empty() ? "" : folder + '/';
  std::map<std::string, base::Entry> entries;
  auto below = below_.list(folder);
  if (below) {
    for (base::Entry& entry : *below) {
      const auto change = files_.find(prefix + entry.name);
      if (change == files_.end() || !change->second.empty()) {
        entries[entry.name] = entry;
      }
    }
  }
  bool has_any = below.has_value();
  for (auto at = files_.lower_bound(prefix); at != files_.end() && at->first.starts_with(prefix);
       ++at) {
    if (at->second.empty()) {
      continue;
    }
    has_any = true;
    std::string name = at->first.substr(prefix.size());
    const std::size_t slash = name.find('/');
    name.resize(std::min(slash, name.size()));
    entries[name] = {
        .name = name,
        .kind = slash == std::string::npos ? base::EntryKind::file : base::EntryKind::folder};
  }
  if (!has_any) {
    return below;
  }
  std::vector<base::Entry> result;
  result.reserve(entries.size());
  for (auto& [name, entry] : entries) {
    result.push_back(std::move(entry));
  }
  return result;
}

base::Result<std::string> SimulatedMerge::read(const std::string& path) const {
  const auto change = files_.find(path);
  if (change == files_.end()) {
    return below_.read(path);
  }
  if (change->second.empty()) {
    return base::failure({.kind = base::ErrorKind::unreadable,
                          .message = "the merge deletes this file",
                          .path = path});
  }
  return objects_.read(change->second, path);
}

std::optional<base::EntryKind> SimulatedMerge::kind(const std::string& path) const {
  if (const auto change = files_.find(path); change != files_.end()) {
    return change->second.empty() ? std::nullopt : std::optional(base::EntryKind::file);
  }
  const std::string prefix = path + '/';
  for (auto at = files_.lower_bound(prefix); at != files_.end() && at->first.starts_with(prefix);
       ++at) {
    if (!at->second.empty()) {
      return base::EntryKind::folder;
    }
  }
  return below_.kind(path);
}

base::RealPath SimulatedMerge::real_path(const std::string& path) const {
  return files_.contains(path) ? base::RealPath{.path = path} : below_.real_path(path);
}

}  // namespace gauger::git
