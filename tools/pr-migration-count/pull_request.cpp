#include "tools/pr-migration-count/pull_request.hpp"

#include <algorithm>
#include <iterator>
#include <memory>
#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/glob.hpp"
#include "git/changes.hpp"
#include "history/excerpt.hpp"
#include "history/read.hpp"
#include "models/models.hpp"
#include "tools/pr-migration-count/read_files.hpp"

namespace gauger::tools {
namespace {

using git::ChangeKind;

std::set<std::string> paths_of(const project::RevisionFiles& files) {
  std::set<std::string> paths;
  for (const project::RevisionFile& file : files.files) {
    if (!file.compiled) {
      paths.insert(file.path);
    }
  }
  return paths;
}

// The revisions of a set of changed files on one side, where a helper module may hold an id.
class RevisionReader {
 public:
  RevisionReader(const base::FileTree& tree, const project::AlembicSettings& alembic)
      : tree_(tree), modules_(tree, alembic.import_folders) {}

  [[nodiscard]] base::Result<RevisionVersion> read(const std::string& path) {
    auto source = history::read_source(tree_, path);
    if (!source) {
      return base::failure(std::move(source.error()));
    }
    RevisionVersion version{.file = {.path = path, .text = std::move(source->text)},
                            .revision = {}};
    if (auto revision = history::read_revision(path, version.file.text, &modules_)) {
      version.revision = std::move(*revision);
    } else {
      error_ = std::move(revision.error());
    }
    return version;
  }

  // Why the last revision that is missing could not be read.
  [[nodiscard]] base::Error take_error() { return std::move(error_); }

 private:
  const base::FileTree& tree_;
  eval::Library modules_;
  base::Error error_;
};

class PullRequestReader {
 public:
  PullRequestReader(const cli::Context& context, const cli::Base& base,
                    const base::FileTree& before, const std::vector<git::Change>& changes)
      : context_(context),
        repository_(base.repository),
        settings_(context.project.settings),
        before_(before),
        changes_(changes),
        old_files_(paths_of(project::revision_files(before, context.project.alembic))),
        new_files_(paths_of(project::revision_files(context.tree, context.project.alembic))),
        old_reader_(before, context.project.alembic),
        new_reader_(context.tree, context.project.alembic) {}

  [[nodiscard]] PullRequest run() {
    read_revisions();
    match_revisions();
    compare_read_files();
    compare_seeds();
    compare_schema();
    return std::move(result_);
  }

 private:
  static bool is_old(const git::Change& change) { return change.kind != ChangeKind::added; }
  static bool is_new(const git::Change& change) { return change.kind != ChangeKind::deleted; }

  // What a file of the base says; what cannot be read of it is compared as nothing.
  [[nodiscard]] FileVersion read_before(const std::string& path) const {
    auto source = history::read_source(before_, path);
    if (!source) {
      context_.note(
          fmt::format("{} cannot be read as it is on the base: {}", path, source.error().message));
      return {.path = path};
    }
    return {.path = path, .text = std::move(source->text)};
  }

  void read_revisions() {
    for (const git::Change& change : changes_) {
      if (is_old(change) && old_files_.contains(change.path)) {
        if (auto version = old_reader_.read(change.path)) {
          old_.push_back(std::move(*version));
        } else {
          old_.push_back({.file = {.path = change.path}, .revision = {}});
        }
      }
      if (is_new(change) && new_files_.contains(change.path)) {
        auto version = new_reader_.read(change.path);
        if (!version) {
          result_.errors.push_back(std::move(version.error()));
          continue;
        }
        if (!version->revision) {
          result_.errors.push_back(new_reader_.take_error());
        }
        new_.push_back(std::move(*version));
      }
    }
  }

  // Each revision of the base with what it has become; the rest of the new ones are new.
  void match_revisions() {
    if (old_.empty() && new_.empty()) {
      return;
    }
    taken_.assign(new_.size(), false);
    const std::set<std::string> unchanged = unchanged_ids();
    std::set<std::string> known = unchanged;
    std::vector<const RevisionVersion*> gone;
    for (const RevisionVersion& old : old_) {
      if (old.revision) {
        known.insert(old.revision->id);
      }
      if (const auto at = find_same(old)) {
        taken_[*at] = true;
        judge(old, new_[*at]);
      } else if (!old.revision || !unchanged.contains(old.revision->id)) {
        gone.push_back(&old);  // else it was one of two files with that id
      }
    }
    for (const RevisionVersion* old : gone) {
      judge_gone(*old);
    }
    find_moved(known);
    for (std::size_t i = 0; i < new_.size(); ++i) {
      if (taken_[i] || !new_[i].revision || !known.insert(new_[i].revision->id).second) {
        continue;
      }
      const bool is_merge = new_[i].revision->down_revisions.size() > 1;
      if (!is_merge || !settings_.history.allow_merges) {
        result_.new_migrations.push_back(std::move(new_[i]));
      }
    }
  }

  // The ids of all files that are the same on both sides.
  [[nodiscard]] std::set<std::string> unchanged_ids() const {
    std::set<std::string> changed;
    for (const RevisionVersion& version : new_) {
      changed.insert(version.file.path);
    }
    std::set<std::string> ids;
    const auto reading = history::read_revisions(context_.tree, context_.project.alembic);
    for (const history::Revision& revision : reading.revisions) {
      if (!changed.contains(revision.path)) {
        ids.insert(revision.id);
      }
    }
    return ids;
  }

  // What has the same id, at the same path where there are several.
  [[nodiscard]] std::optional<std::size_t> find_same(const RevisionVersion& old) const {
    std::optional<std::size_t> found;
    for (std::size_t i = 0; i < new_.size(); ++i) {
      const bool same = old.revision ? new_[i].revision && new_[i].revision->id == old.revision->id
                                     : !new_[i].revision && new_[i].file.text == old.file.text;
      if (!taken_[i] && same && (!found || new_[i].file.path == old.file.path)) {
        found = i;
      }
    }
    return found;
  }

  // No file has the id any more: the file may have got another, or is gone.
  void judge_gone(const RevisionVersion& old) {
    for (std::size_t i = 0; i < new_.size(); ++i) {
      if (!taken_[i] && new_[i].file.path == old.file.path) {
        taken_[i] = true;
        judge(old, new_[i]);
        return;
      }
    }
    result_.applied_revisions.push_back(
        {.kind = Applied::Kind::deleted,
         .path = old.file.path,
         .revision = old.revision ? old.revision->id : std::string(),
         .now = {},
         .comparison = {}});
  }

  void judge(const RevisionVersion& old, const RevisionVersion& now) {
    const Comparison comparison = compare(old.file.text, now.file.text);
    if (comparison.edit == Edit::none) {
      return;
    }
    Applied applied{.kind = Applied::Kind::edited,
                    .path = old.file.path,
                    .revision = old.revision ? old.revision->id : std::string(),
                    .now = now.file,
                    .comparison = comparison};
    if (old.revision && now.revision && old.revision->id != now.revision->id) {
      applied.new_revision = now.revision->id;
    }
    result_.applied_revisions.push_back(std::move(applied));
  }

  // Where the version locations themselves have moved, the old ones are nowhere configured.
  void find_moved(std::set<std::string>& known) {
    for (const git::Change& change : changes_) {
      const bool is_candidate = change.kind == ChangeKind::deleted &&
                                change.path.ends_with(".py") && !old_files_.contains(change.path);
      if (!is_candidate ||
          std::all_of(taken_.begin(), taken_.end(), [](bool each) { return each; })) {
        continue;
      }
      const auto old = old_reader_.read(change.path);
      if (!old || !old->revision || known.contains(old->revision->id)) {
        continue;
      }
      for (std::size_t i = 0; i < new_.size(); ++i) {
        if (!taken_[i] && new_[i].revision && new_[i].revision->id == old->revision->id) {
          taken_[i] = true;
          known.insert(old->revision->id);
          moved_.insert(change.path);
          judge(*old, new_[i]);
          break;
        }
      }
    }
  }

  // Reading every revision takes its time, and nearly every pull request changes some text.
  [[nodiscard]] bool may_be_read(const std::string& path) const {
    return !path.ends_with(".py") &&
           (path.ends_with(".sql") ||
            base::is_below(path, context_.project.alembic.script_location));
  }

  // What the revisions of the base run that is not in their own files.
  void compare_read_files() {
    std::set<std::string> changed;
    for (const git::Change& change : changes_) {
      if (is_old(change) && may_be_read(change.path)) {
        changed.insert(change.path);
      }
    }
    if (changed.empty()) {
      return;
    }
    std::set<std::string> revisions = old_files_;
    revisions.insert(moved_.begin(), moved_.end());
    const auto all = find_readers(before_, context_.project, revisions, changed);
    for (const auto& [path, readers] : all) {
      const auto reader =
          std::find_if(readers.begin(), readers.end(),
                       [&, file = path](const std::string& each) { return !is_told(each, file); });
      if (reader != readers.end()) {
        compare_read_file(path, *reader);
      }
    }
  }

  // A revision that is gone is told of already, and one that reads its SQL elsewhere from now on.
  [[nodiscard]] bool is_told(const std::string& revision, const std::string& file) const {
    return std::any_of(
        result_.applied_revisions.begin(), result_.applied_revisions.end(),
        [&](const Applied& applied) {
          return applied.path == revision &&
                 (applied.kind == Applied::Kind::deleted ||
                  (applied.comparison.edit == Edit::substance && !context_.tree.kind(file)));
        });
  }

  void compare_read_file(const std::string& path, const std::string& reader) {
    const auto revision = old_reader_.read(reader);
    Applied applied{
        .kind = Applied::Kind::deleted,
        .path = path,
        .revision = revision && revision->revision ? revision->revision->id : std::string(),
        .now = {},
        .comparison = {},
        .is_read = true};
    if (!context_.tree.kind(path) || is_edited(applied, read_before(path).text)) {
      result_.applied_revisions.push_back(std::move(applied));
    }
  }

  // Whether a file that is still there is not what it was; what it is now goes into `applied`.
  [[nodiscard]] bool is_edited(Applied& applied, const std::string& before) {
    auto source = history::read_source(context_.tree, applied.path);
    if (!source) {
      result_.errors.push_back(std::move(source.error()));
      return false;
    }
    applied.kind = Applied::Kind::edited;
    applied.now = {applied.path, std::move(source->text)};
    applied.comparison = compare_files(applied.path, before, applied.now.text);
    return applied.comparison.edit != Edit::none;
  }

  // scripts/seeds/<revision>.py: what seed_versions records is the name.
  [[nodiscard]] bool is_seed(const std::string& path) const {
    const std::string_view name = base::file_name(path);
    return base::parent_path(path) == settings_.seeds && name.ends_with(".py") &&
           !name.starts_with('_') && !name.starts_with('.');
  }

  void compare_seeds() {
    std::vector<FileVersion> added;
    for (const git::Change& change : changes_) {
      if (change.kind == ChangeKind::added && is_seed(change.path)) {
        if (auto source = history::read_source(context_.tree, change.path)) {
          added.push_back({change.path, std::move(source->text)});
        }
      }
    }
    for (const git::Change& change : changes_) {
      if (is_old(change) && is_seed(change.path)) {
        compare_seed(change, added);
      }
    }
  }

  void compare_seed(const git::Change& change, const std::vector<FileVersion>& added) {
    const FileVersion old = read_before(change.path);
    Applied applied{.kind = Applied::Kind::deleted,
                    .path = change.path,
                    .revision = {},
                    .now = {},
                    .comparison = {}};
    if (change.kind == ChangeKind::deleted) {
      const auto moved = std::find_if(added.begin(), added.end(), [&](const FileVersion& each) {
        return compare(old.text, each.text).edit == Edit::none;
      });
      if (moved != added.end()) {
        applied.kind = Applied::Kind::renamed;
        applied.now = *moved;
      }
    } else if (!is_edited(applied, old.text)) {
      return;
    }
    result_.seed_scripts.push_back(std::move(applied));
  }

  [[nodiscard]] bool is_schema(const std::string& path) const {
    return path.ends_with(".py") && !old_files_.contains(path) && !new_files_.contains(path) &&
           !is_seed(path) &&
           std::any_of(settings_.schema_paths.begin(), settings_.schema_paths.end(),
                       [&](const std::string& glob) { return base::glob_match(glob, path); });
  }

  void compare_schema() {
    std::vector<models::Source> before;
    std::vector<models::Source> after;
    for (const git::Change& change : changes_) {
      if (!is_schema(change.path)) {
        continue;
      }
      ++result_.changed_schema_files;
      if (is_new(change)) {
        auto source = read_models(change.path);
        if (!source) {
          continue;
        }
        after.push_back(*std::move(source));
      }
      if (is_old(change)) {
        if (auto source = models::read(read_before(change.path).text)) {
          before.push_back({change.path, std::move(*source)});
        } else {
          context_.note(fmt::format("{} cannot be parsed as it is on the base: {}", change.path,
                                    source.error().message));
        }
      }
    }
    std::vector<models::Difference> found = models::differences(before, after);
    std::erase_if(found, [&](const models::Difference& difference) {
      return !difference.enum_name.empty() && !is_used(difference.enum_name, before, after);
    });
    result_.schema_differences = std::move(found);
  }

  std::optional<models::Source> read_models(const std::string& path) {
    auto source = history::read_source(context_.tree, path);
    auto found = source ? models::read(source->text) : base::failure(source.error());
    if (!found) {
      found.error().path = path;
      result_.errors.push_back(std::move(found.error()));
      return std::nullopt;
    }
    return models::Source{path, std::move(*found)};
  }

  // Whether a column is of a Python enum, in any schema file.
  [[nodiscard]] bool is_used(const std::string& name, const std::vector<models::Source>& before,
                             const std::vector<models::Source>& after) {
    const auto uses = [&](const models::Source& source) {
      return source.models.used_names.contains(name);
    };
    return std::any_of(before.begin(), before.end(), uses) ||
           std::any_of(after.begin(), after.end(), uses) || names_elsewhere().contains(name);
  }

  // The names that columns refer to in the schema files that have not changed.
  [[nodiscard]] const std::set<std::string>& names_elsewhere() {
    if (names_elsewhere_) {
      return *names_elsewhere_;
    }
    names_elsewhere_.emplace();
    const auto listing = repository_.run({"ls-files", "-z"});
    if (!listing) {
      result_.errors.push_back(listing.error());
      return *names_elsewhere_;
    }
    std::set<std::string_view> changed;
    for (const git::Change& change : changes_) {
      changed.insert(change.path);
    }
    std::string_view rest = *listing;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find('\0'), rest.size());
      const std::string path(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
      if (changed.contains(path) || !is_schema(path)) {
        continue;
      }
      if (auto source = read_models(path)) {
        names_elsewhere_->insert(source->models.used_names.begin(),
                                 source->models.used_names.end());
      }
    }
    return *names_elsewhere_;
  }

  const cli::Context& context_;
  const git::Repository& repository_;
  const project::Settings& settings_;
  const base::FileTree& before_;
  const std::vector<git::Change>& changes_;
  std::set<std::string> old_files_;  // revision files of the base
  std::set<std::string> new_files_;
  std::set<std::string> moved_;  // of the base, where nothing is configured any more
  RevisionReader old_reader_;
  RevisionReader new_reader_;
  std::vector<RevisionVersion> old_;  // those that have changed
  std::vector<RevisionVersion> new_;
  std::vector<bool> taken_;  // by index of new_: it is one of the base's
  std::optional<std::set<std::string>> names_elsewhere_;
  PullRequest result_;
};

}  // namespace

base::Result<PullRequest> read_pull_request(const cli::Context& context, const cli::Base& base,
                                            Against against) {
  const std::string& from = base.point.merge_base;
  const auto before = git::Snapshot::of_tree(base.repository, from);
  if (!before) {
    return base::failure(before.error());
  }
  const auto changes =
      against == Against::index
          ? git::changes_to_index(base.repository, from, git::Renames::ignore)
          : git::changes_to_working_tree(base.repository, from, git::Renames::ignore);
  if (!changes) {
    return base::failure(changes.error());
  }
  return PullRequestReader(context, base, **before, *changes).run();
}

}  // namespace gauger::tools
