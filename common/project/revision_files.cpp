#include <algorithm>
#include <set>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "project/project.hpp"

namespace gauger::project {
namespace {

enum class RevisionKind : std::uint8_t { none, source, compiled };

// _only_source_rev_file: (?!\.\#|__init__)(.*\.py)$ and _sourceless_rev_file: …(.*\.py)(c|o)?$.
RevisionKind revision_kind(std::string_view name, bool sourceless) {
  if (name.starts_with(".#") || name.starts_with("__init__")) {
    return RevisionKind::none;
  }
  if (name.ends_with(".py")) {
    return RevisionKind::source;
  }
  const bool compiled = name.ends_with(".pyc") || name.ends_with(".pyo");
  return sourceless && compiled ? RevisionKind::compiled : RevisionKind::none;
}

std::string_view first_part(std::string_view name) { return name.substr(0, name.find('.')); }

// ScriptDirectory._load_revisions, up to where it would run the files.
class Lister {
 public:
  Lister(const base::FileTree& tree, const AlembicSettings& alembic)
      : tree_(tree), alembic_(alembic) {}

  [[nodiscard]] RevisionFiles run() {
    for (location_ = 0; location_ < alembic_.version_locations.size(); ++location_) {
      const std::string& location = alembic_.version_locations[location_];
      const auto kind = tree_.kind(location);
      if (!kind) {
        result_.missing.push_back(location);
      } else if (*kind == base::EntryKind::folder) {
        visit_all(location);
      }
    }
    return std::move(result_);
  }

 private:
  // os.walk, without its recursion: a folder's files first, then its folders by name.
  void visit_all(const std::string& top) {
    std::vector<std::string> todo = {top};
    while (!todo.empty()) {
      const std::string folder = std::move(todo.back());
      todo.pop_back();
      auto entries = tree_.list(folder);
      if (!entries) {
        result_.errors.push_back(std::move(entries.error()));
        continue;
      }
      if (!folder.ends_with("__pycache__")) {
        add_files(folder, *entries);
      }
      if (!alembic_.recursive_version_locations) {
        note_not_entered(folder, *entries);
        return;
      }
      for (std::size_t i = entries->size(); i-- > 0;) {
        const base::Entry& entry = (*entries)[i];
        if (entry.kind == base::EntryKind::folder && !entry.is_link) {
          todo.push_back(joined(folder, entry.name));
        }
      }
    }
  }

  void note_not_entered(const std::string& folder, const std::vector<base::Entry>& entries) {
    for (const base::Entry& entry : entries) {
      if (entry.kind == base::EntryKind::folder && !entry.name.starts_with('.') &&
          !entry.name.ends_with("__pycache__")) {
        std::string path = joined(folder, entry.name);
        if (has_revisions(path)) {
          result_.not_entered.push_back(std::move(path));
        }
      }
    }
  }

  // Whether no file that is this one was met before. As long as each comes behind the last in the
  // order of names, as in a folder without links, there is nothing to remember.
  bool is_new(const base::RealPath& target) {
    if (seen_.empty()) {
      if (target.in_tree && (result_.files.empty() || result_.files.back().path < target.path)) {
        return true;
      }
      for (const RevisionFile& file : result_.files) {
        seen_.insert(file.path);
      }
    }
    return seen_.insert(target.path).second;
  }

  [[nodiscard]] bool is_location(const std::string& folder) const {
    const auto& locations = alembic_.version_locations;
    return std::find(locations.begin(), locations.end(), folder) != locations.end();
  }

  // Looks at a few folders and files only: this is for a note.
  [[nodiscard]] bool has_revisions(const std::string& top) {
    constexpr std::size_t most = 20;
    std::vector<std::string> todo = {top};
    std::size_t read = 0;
    for (std::size_t i = 0; i < todo.size() && i < most; ++i) {
      const std::string folder = todo[i];
      if (is_location(folder)) {
        continue;
      }
      const auto entries = tree_.list(folder);
      for (const base::Entry& entry : entries.value_or(std::vector<base::Entry>{})) {
        if (entry.kind == base::EntryKind::file && read < most &&
            revision_kind(entry.name, false) == RevisionKind::source) {
          ++read;
          const auto text = tree_.read(joined(folder, entry.name));
          if (text && text->find("down_revision") != std::string::npos) {
            return true;
          }
        }
        if (entry.kind == base::EntryKind::folder && !entry.is_link) {
          todo.push_back(joined(folder, entry.name));
        }
      }
    }
    return false;
  }

  void add_files(const std::string& folder, const std::vector<base::Entry>& entries) {
    // Files under their own name are where their folder is, so that it alone must be followed.
    const base::RealPath real_folder = tree_.real_path(folder);
    for (const base::Entry& entry : entries) {
      if (entry.kind != base::EntryKind::folder) {
        add_file(folder, entry, real_folder);
      }
    }
    if (alembic_.sourceless) {
      add_cache(folder, entries);
    }
  }

  // What __pycache__ has and the folder has not.
  void add_cache(const std::string& folder, const std::vector<base::Entry>& entries) {
    const std::string cache = joined(folder, "__pycache__");
    if (tree_.kind(cache) != base::EntryKind::folder) {
      return;
    }
    auto compiled = tree_.list(cache);
    if (!compiled) {
      result_.errors.push_back(std::move(compiled.error()));
      return;
    }
    std::set<std::string_view> names;
    for (const base::Entry& entry : entries) {
      if (entry.kind != base::EntryKind::folder) {
        names.insert(first_part(entry.name));
      }
    }
    const base::RealPath real_cache = tree_.real_path(cache);
    for (const base::Entry& entry : *compiled) {
      if (!names.contains(first_part(entry.name))) {
        add_file(cache, entry, real_cache);
      }
    }
  }

  void add_file(const std::string& folder, const base::Entry& entry,
                const base::RealPath& real_folder) {
    base::RealPath target = entry.is_link
                                ? tree_.real_path(joined(folder, entry.name))
                                : base::RealPath{.path = joined(real_folder.path, entry.name),
                                                 .in_tree = real_folder.in_tree};
    const RevisionKind kind = revision_kind(base::file_name(target.path), alembic_.sourceless);
    if (target.loops || (kind != RevisionKind::none && entry.kind == base::EntryKind::other)) {
      refuse(joined(folder, entry.name), target.loops    ? "a symbolic link that leads to itself"
                                         : entry.is_link ? "a symbolic link to what does not exist"
                                                         : "this is not a regular file");
      return;
    }
    if (kind == RevisionKind::none || !is_new(target) ||
        (kind == RevisionKind::compiled && has_better(target.path))) {
      return;
    }
    // util.load_python_file knows no suffix in ".py", and Python has loaded no .pyo since 3.5.
    if (base::file_name(target.path) == ".py" || target.path.ends_with(".pyo")) {
      refuse(joined(folder, entry.name), "Python cannot load a file of this name");
      return;
    }
    result_.files.push_back(
        {.path = target.in_tree ? std::move(target.path) : joined(folder, entry.name),
         .location = location_,
         .compiled = kind == RevisionKind::compiled});
  }

  // A source is preferred to what was compiled from it, and .pyc to .pyo.
  [[nodiscard]] bool has_better(const std::string& path) const {
    const std::string source = path.substr(0, path.size() - 1);
    return tree_.kind(source).has_value() ||
           (path.ends_with('o') && tree_.kind(source + 'c').has_value());
  }

  void refuse(const std::string& path, std::string message) {
    result_.errors.push_back({.kind = base::ErrorKind::unreadable,
                              .message = std::move(message),
                              .path = path,
                              .help = "Alembic stops here: remove or rename it"});
  }

  static std::string joined(const std::string& folder, const std::string& name) {
    return folder.empty() ? name : folder + '/' + name;
  }

  const base::FileTree& tree_;
  const AlembicSettings& alembic_;
  std::size_t location_ = 0;
  std::unordered_set<std::string> seen_;  // by where links lead, as Alembic counts
  RevisionFiles result_;
};

}  // namespace

RevisionFiles revision_files(const base::FileTree& tree, const AlembicSettings& alembic) {
  return Lister(tree, alembic).run();
}

}  // namespace gauger::project
