#include "git/snapshot.hpp"

#include <utility>

#include "git/fields.hpp"

namespace gauger::git {
namespace {

tl::unexpected<base::Error> absent(std::string message, const std::string& path) {
  return base::failure(
      {.kind = base::ErrorKind::unreadable, .message = std::move(message), .path = path});
}

}  // namespace

base::Result<std::unique_ptr<Snapshot>> Snapshot::of_tree(const Repository& repository,
                                                          const std::string& tree) {
  return of_tree(repository, tree, {});
}

base::Result<std::unique_ptr<Snapshot>> Snapshot::of_tree(const Repository& repository,
                                                          const std::string& tree,
                                                          const std::vector<std::string>& folders) {
  std::vector<std::string> arguments = {"ls-tree", "-r", "-z", "--full-tree", tree};
  if (std::find(folders.begin(), folders.end(), "") == folders.end()) {
    arguments.insert(arguments.end(), folders.begin(), folders.end());
  }
  const auto listing = repository.run(arguments);
  if (!listing) {
    return base::failure(listing.error());
  }
  std::unique_ptr<Snapshot> snapshot(new Snapshot(repository));
  for (std::string_view rest = *listing; !rest.empty();) {  // "<mode> <type> <id>\t<path>\0"
    const std::string_view mode = take_until(rest, ' ');
    (void)take_until(rest, ' ');
    const std::string_view id = take_until(rest, '\t');
    snapshot->add(mode, id, take_until(rest, '\0'));
  }
  snapshot->sort();
  return snapshot;
}

base::Result<std::unique_ptr<Snapshot>> Snapshot::of_index(const Repository& repository) {
  const auto listing = repository.run({"ls-files", "--stage", "-z"});
  if (!listing) {
    return base::failure(listing.error());
  }
  std::unique_ptr<Snapshot> snapshot(new Snapshot(repository));
  for (std::string_view rest = *listing; !rest.empty();) {  // "<mode> <id> <stage>\t<path>\0"
    const std::string_view mode = take_until(rest, ' ');
    const std::string_view id = take_until(rest, ' ');
    const std::string_view stage = take_until(rest, '\t');
    const std::string_view path = take_until(rest, '\0');
    if (stage == "0" || stage == "2") {
      snapshot->add(mode, id, path);
    }
  }
  snapshot->sort();
  return snapshot;
}

void Snapshot::add(std::string_view mode, std::string_view id, std::string_view path) {
  const Mode kind = mode == "120000" ? Mode::link : mode == "160000" ? Mode::submodule : Mode::file;
  has_links_ = has_links_ || kind == Mode::link;
  files_.push_back({std::string(path), std::string(id), kind});
}

void Snapshot::sort() {
  std::sort(files_.begin(), files_.end(),
            [](const File& a, const File& b) { return a.path < b.path; });
}

const Snapshot::File* Snapshot::find(std::string_view path) const {
  const auto at = std::lower_bound(
      files_.begin(), files_.end(), path,
      [](const File& file, std::string_view wanted) { return file.path < wanted; });
  return at != files_.end() && at->path == path ? &*at : nullptr;
}

bool Snapshot::is_folder(const std::string& path) const {
  if (path.empty()) {
    return true;
  }
  const std::string prefix = path + '/';
  const auto at = std::lower_bound(
      files_.begin(), files_.end(), prefix,
      [](const File& file, const std::string& wanted) { return file.path < wanted; });
  return at != files_.end() && at->path.starts_with(prefix);
}

// The path without links on the way; nothing for one that leads out, or round and round.
std::optional<std::string> Snapshot::follow_links(const std::string& path) const {
  if (!has_links_) {
    return path;
  }
  std::string current = path;
  for (int budget = 40; budget > 0; --budget) {  // as Linux has it
    std::size_t end = 0;
    const File* link = nullptr;
    while (link == nullptr && end != std::string::npos) {
      end = current.find('/', end + 1);
      link = find(std::string_view(current).substr(0, end));
      link = link != nullptr && link->mode == Mode::link ? link : nullptr;
    }
    if (link == nullptr) {
      return current;
    }
    const auto target = objects_.read(link->id, link->path);
    if (!target || target->starts_with('/')) {
      return std::nullopt;
    }
    const std::string rest = end == std::string::npos ? "" : current.substr(end);
    auto next = base::join_path(base::parent_path(link->path), *target + rest);
    if (!next) {
      return std::nullopt;
    }
    current = *std::move(next);
  }
  return std::nullopt;
}

base::Result<std::vector<base::Entry>> Snapshot::list(const std::string& folder) const {
  const auto place = follow_links(folder);
  if (!place || !is_folder(*place)) {
    return absent("there is no such folder", folder);
  }
  const std::string prefix = place->empty() ? "" : *place + '/';
  std::vector<base::Entry> entries;
  auto at = std::lower_bound(
      files_.begin(), files_.end(), prefix,
      [](const File& file, const std::string& wanted) { return file.path < wanted; });
  while (at != files_.end() && at->path.starts_with(prefix)) {
    const std::size_t slash = at->path.find('/', prefix.size());
    std::string name = at->path.substr(prefix.size(), slash - prefix.size());
    if (slash == std::string::npos) {
      entries.push_back({std::move(name), kind(at->path).value_or(base::EntryKind::other),
                         at->mode == Mode::link});
      ++at;
      continue;
    }
    // Past all that is below it.
    const std::string beyond = prefix + name + static_cast<char>('/' + 1);
    entries.push_back({std::move(name), base::EntryKind::folder});
    at = std::lower_bound(
        at, files_.end(), beyond,
        [](const File& file, const std::string& wanted) { return file.path < wanted; });
  }
  std::sort(entries.begin(), entries.end(),
            [](const base::Entry& a, const base::Entry& b) { return a.name < b.name; });
  return entries;
}

base::Result<std::string> Snapshot::read(const std::string& path) const {
  const auto place = follow_links(path);
  const File* file = place ? find(*place) : nullptr;
  if (file == nullptr) {
    return absent("there is no such file", path);
  }
  if (file->mode != Mode::file) {
    return absent("this is not a regular file", path);
  }
  return objects_.read(file->id, path);
}

std::optional<base::EntryKind> Snapshot::kind(const std::string& path) const {
  const auto place = follow_links(path);
  if (!place) {
    return base::EntryKind::other;
  }
  if (const File* file = find(*place)) {
    return file->mode == Mode::file ? base::EntryKind::file : base::EntryKind::other;
  }
  if (is_folder(*place)) {
    return base::EntryKind::folder;
  }
  return *place == path ? std::nullopt : std::optional(base::EntryKind::other);
}

std::vector<std::string> Snapshot::paths() const {
  std::vector<std::string> result;
  result.reserve(files_.size());
  for (const File& file : files_) {
    result.push_back(file.path);
  }
  return result;
}

base::RealPath Snapshot::real_path(const std::string& path) const {
  auto place = follow_links(path);
  return place ? base::RealPath{.path = *std::move(place)}
               : base::RealPath{.path = path, .in_tree = false};
}

}  // namespace gauger::git
