#include "branch/merged_history.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/parallel.hpp"
#include "eval/module.hpp"
#include "history/excerpt.hpp"
#include "history/read.hpp"

namespace gauger::branch {
namespace {

using history::History;
using history::Index;

struct Reading {
  std::vector<history::Revision> revisions;
  std::vector<base::Error> errors;
};

// Reads what the merge touches, and takes the rest from `now`.
Reading read_merged(const git::SimulatedMerge& merge, const project::AlembicSettings& alembic,
                    const History& now, std::string_view base_name) {
  std::map<std::string_view, const history::Revision*> known;
  for (const history::Revision& revision : now.revisions()) {
    known[revision.path] = &revision;
  }
  const std::vector<std::string>& conflicts = merge.conflicts();
  Reading reading;
  const project::RevisionFiles found = project::revision_files(merge, alembic);
  std::vector<project::RevisionFile> touched;
  for (const project::RevisionFile& file : found.files) {
    if (std::find(conflicts.begin(), conflicts.end(), file.path) != conflicts.end()) {
      reading.errors.push_back(
          {.kind = base::ErrorKind::git,
           .message = fmt::format("merging '{}' conflicts in this revision", base_name),
           .path = file.path,
           .help = "merge it, or rebase on it, and check again"});
    } else if (merge.changes(file.path)) {
      touched.push_back(file);
    }
  }
  eval::Library modules(merge, alembic.import_folders);
  history::RevisionReading fresh =
      history::read_revisions(merge, touched, &modules, base::worker_count());
  std::map<std::string_view, history::Revision*> read;
  for (history::Revision& revision : fresh.revisions) {
    read[revision.path] = &revision;
  }
  // In Alembic's order, which decides between two files with one id.
  for (const project::RevisionFile& file : found.files) {
    if (const auto at = read.find(file.path); at != read.end()) {
      reading.revisions.push_back(std::move(*at->second));
    } else if (const auto as_before = known.find(file.path);
               as_before != known.end() && !merge.changes(file.path)) {
      reading.revisions.push_back(*as_before->second);
    }
  }
  reading.errors.insert(reading.errors.end(), fresh.errors.begin(), fresh.errors.end());
  return reading;
}

// Which of a history's revisions are not the base's: those at paths that the base does not have,
// but for one whose id the base has at a path that is gone, since it only moved.
history::RevisionSet select_own(const History& history, const base::FileTree& tree,
                                const git::Snapshot& base_files) {
  std::set<std::string_view> here;
  for (const history::Revision& revision : history.revisions()) {
    here.insert(revision.path);
  }
  std::set<std::string> paths;
  std::vector<std::string> gone;
  for (std::string& path : base_files.paths()) {
    if (path.ends_with(".py") && !here.contains(path) && !tree.kind(path)) {
      gone.push_back(path);
    }
    paths.insert(std::move(path));
  }
  history::RevisionSet own(history.size(), false);
  for (Index i = 0; i < history.size(); ++i) {
    own[i] = !paths.contains(history[i].path);
  }
  if (std::find(own.begin(), own.end(), true) == own.end()) {
    return own;
  }
  for (const std::string& path : gone) {
    const auto source = history::read_source(base_files, path);
    if (!source) {
      continue;
    }
    const auto revision = history::read_revision(path, source->text);
    const auto now = revision ? history.find(revision->id) : std::nullopt;
    if (now) {
      own[*now] = false;
    }
  }
  return own;
}

}  // namespace

base::Result<PreparedMerge> prepare_merge(const project::Project& project,
                                          const base::FileTree& disk,
                                          const git::Repository& repository,
                                          const git::BasePoint& base) {
  auto tree = git::SimulatedMerge::make(repository, base.head, base.commit, disk);
  if (!tree) {
    return base::failure(std::move(tree.error()));
  }
  auto files = git::Snapshot::of_tree(repository, base.commit, project.alembic.version_locations);
  if (!files) {
    return base::failure(std::move(files.error()));
  }
  return PreparedMerge{base, *std::move(tree), *std::move(files)};
}

MergedHistory merge_with_base(const project::Project& project, const History& now,
                              PreparedMerge merge) {
  Reading reading =
      read_merged(*merge.tree, project.alembic, now, git::shown_name(merge.base.base));
  MergedHistory merged{
      .tree = std::move(merge.tree),
      .history = History(std::move(reading.revisions), project.settings.history.external),
      .own = {},
      .errors = std::move(reading.errors)};
  merged.own = select_own(merged.history, *merged.tree, *merge.base_files);
  return merged;
}

base::Result<history::RevisionSet> own_revisions(const project::Project& project,
                                                 const base::FileTree& disk, const History& now,
                                                 const git::Repository& repository,
                                                 const git::BasePoint& base) {
  history::RevisionSet own(now.size(), true);
  for (const std::string& commit : {base.commit, base.merge_base}) {
    const auto files =
        git::Snapshot::of_tree(repository, commit, project.alembic.version_locations);
    if (!files) {
      return base::failure(files.error());
    }
    const history::RevisionSet since = select_own(now, disk, **files);
    for (Index i = 0; i < now.size(); ++i) {
      own[i] = own[i] && since[i];
    }
  }
  return own;
}

}  // namespace gauger::branch
