#include "project/links.hpp"

#include <cerrno>
#include <dirent.h>
#include <memory>
#include <sys/stat.h>
#include <utility>

#include "project/paths.hpp"

namespace gauger::project {
namespace {

// Where a link leads whose target does not exist: followed as far as there are links.
std::string dangling_target(std::string path) {
  for (int i = 0; i < 40 && is_link(path); ++i) {
    path = absolute_path(parent_folder(path), read_link(path));
  }
  return path;
}

// The names of the links in a folder. Where the file system does not say, each is asked.
std::set<std::string> links_in(const std::string& folder) {
  std::set<std::string> names;
  const std::unique_ptr<DIR, int (*)(DIR*)> handle(::opendir(folder.c_str()), ::closedir);
  if (handle == nullptr) {
    return names;
  }
  while (const dirent* item = ::readdir(handle.get())) {  // NOLINT(concurrency-mt-unsafe)
    const std::string name = item->d_name;
    if (item->d_type == DT_LNK ||
        (item->d_type == DT_UNKNOWN && is_link(absolute_path(folder, name)))) {
      names.insert(name);
    }
  }
  return names;
}

bool leads_to_itself(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) != 0 && errno == ELOOP;
}

}  // namespace

LinkReader::LinkReader(const base::FileTree& tree)
    : disk_(dynamic_cast<const base::WorkingTree*>(&tree)) {
  if (disk_ != nullptr) {
    real_root_ = real_path(disk_->root()).value_or(disk_->root());
  }
}

void LinkReader::enter(const std::string& folder) {
  if (!real_folder_.empty() && folder == folder_) {
    return;
  }
  const std::string place = absolute_path(disk_->root(), folder);
  real_folder_ = real_path(place).value_or(place);
  folder_ = folder;
  links_in_folder_ = links_in(real_folder_);
}

bool LinkReader::is_link(const std::string& path) {
  if (disk_ == nullptr) {
    return false;
  }
  enter(std::string(base::parent_path(path)));
  return links_in_folder_.contains(std::string(base::file_name(path)));
}

Target LinkReader::follow(const std::string& path) {
  if (disk_ == nullptr) {
    return {.path = path};
  }
  const bool link = is_link(path);
  std::string place = real_folder_ == "/" ? "" : real_folder_;
  place += '/';
  place += base::file_name(path);
  if (!link) {
    return locate(std::move(place));
  }
  if (leads_to_itself(place)) {
    return {.path = path, .is_link = true, .loops = true};
  }
  auto real = real_path(place);
  Target target = locate(real ? *std::move(real) : dangling_target(std::move(place)));
  target.is_link = true;
  return target;
}

Target LinkReader::locate(std::string real) const {
  if (auto path = path_below(real_root_, real)) {
    return {.path = *std::move(path)};
  }
  return {.path = std::move(real), .in_tree = false};
}

}  // namespace gauger::project
