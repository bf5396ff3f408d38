#include "project/links.hpp"

#include <cerrno>
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

bool LinkReader::is_link(const std::string& path) const {
  return disk_ != nullptr && project::is_link(absolute_path(disk_->root(), path));
}

Target LinkReader::follow(const std::string& path) {
  if (disk_ == nullptr) {
    return {.path = path};
  }
  const std::string folder(base::parent_path(path));
  if (real_folder_.empty() || folder != folder_) {
    const std::string place = absolute_path(disk_->root(), folder);
    real_folder_ = real_path(place).value_or(place);
    folder_ = folder;
  }
  const std::string place = real_folder_ == "/"
                                ? '/' + std::string(base::file_name(path))
                                : real_folder_ + '/' + std::string(base::file_name(path));
  if (!project::is_link(place)) {
    return locate(place);
  }
  if (leads_to_itself(place)) {
    return {.path = path, .is_link = true, .loops = true};
  }
  const auto real = real_path(place);
  Target target = locate(real ? *real : dangling_target(place));
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
