#include "git/changes.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "git/fields.hpp"

namespace gauger::git {
namespace {

// An object name of zeros: none, or not in an object.
std::string object_name(std::string_view id) {
  return id.find_first_not_of('0') == std::string_view::npos ? std::string() : std::string(id);
}

constexpr std::string_view submodule_mode = "160000";

// ":<old mode> <new mode> <old id> <new id> <status>\0<path>\0", and of a rename or copy
// ":… R<likeness>\0<old path>\0<path>\0" ("Raw output format" in git-diff(1)).
std::map<std::string, Change> read_raw(std::string_view rest) {
  std::map<std::string, Change> changes;
  while (!rest.empty()) {
    const std::string_view old_mode = take_until(rest, ' ').substr(1);
    const std::string_view new_mode = take_until(rest, ' ');
    Change change;
    change.old_id = object_name(take_until(rest, ' '));
    change.new_id = object_name(take_until(rest, ' '));
    const char status = take_until(rest, '\0').front();
    change.path = take_until(rest, '\0');
    change.old_path = change.path;
    switch (status) {
      case 'A':
        change.kind = ChangeKind::added;
        break;
      case 'D':
        change.kind = ChangeKind::deleted;
        break;
      case 'R':
      case 'C':
        change.kind = status == 'R' ? ChangeKind::renamed : ChangeKind::copied;
        change.path = take_until(rest, '\0');
        break;
      default:
        break;  // M, T, and U: in conflict, what is on disk
    }
    const bool same = change.kind == ChangeKind::modified && !change.new_id.empty() &&
                      change.old_id == change.new_id;
    if (old_mode != submodule_mode && new_mode != submodule_mode && !same) {
      changes.insert_or_assign(change.path, std::move(change));
    }
  }
  return changes;
}

base::Result<std::map<std::string, Change>> diff(const Repository& repository,
                                                 std::vector<std::string> arguments,
                                                 Renames renames,
                                                 std::initializer_list<std::string> sides) {
  arguments.insert(arguments.end(), {"--raw", "-z", "--no-abbrev", "--ignore-submodules=all",
                                     renames == Renames::find ? "-M" : "--no-renames"});
  arguments.insert(arguments.end(), sides);
  arguments.emplace_back("--");
  const auto output = repository.run(arguments);
  if (!output) {
    return base::failure(output.error());
  }
  return read_raw(*output);
}

base::Result<std::vector<Change>> values(base::Result<std::map<std::string, Change>> changes) {
  if (!changes) {
    return base::failure(std::move(changes.error()));
  }
  std::vector<Change> list;
  list.reserve(changes->size());
  for (auto& [path, change] : *changes) {
    list.push_back(std::move(change));
  }
  return list;
}

}  // namespace

base::Result<std::vector<Change>> changes_between(const Repository& repository,
                                                  const std::string& from, const std::string& to,
                                                  Renames renames) {
  return values(diff(repository, {"diff-tree", "-r"}, renames, {from, to}));
}

base::Result<std::vector<Change>> changes_to_index(const Repository& repository,
                                                   const std::string& from, Renames renames) {
  return values(diff(repository, {"diff-index", "--cached"}, renames, {from}));
}

base::Result<std::vector<Change>> changes_to_working_tree(const Repository& repository,
                                                          const std::string& from,
                                                          Renames renames) {
  // Not diff-index, which takes a file for changed that was only touched.
  auto changes = diff(repository, {"diff", "--no-ext-diff"}, renames, {from});
  if (!changes) {
    return base::failure(std::move(changes.error()));
  }
  const auto untracked = repository.run({"ls-files", "--others", "--exclude-standard", "-z"});
  if (!untracked) {
    return base::failure(untracked.error());
  }
  for (std::string_view rest = *untracked; !rest.empty();) {
    const std::string path(take_until(rest, '\0'));
    if (path.ends_with('/')) {
      continue;  // a repository of its own
    }
    const auto [at, is_new] = changes->try_emplace(
        path, Change{.kind = ChangeKind::added, .path = path, .old_path = path});
    if (!is_new && at->second.kind == ChangeKind::deleted) {
      at->second.kind = ChangeKind::modified;  // taken out of the index only
    }
  }
  return values(std::move(changes));
}

}  // namespace gauger::git
