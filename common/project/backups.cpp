#include "project/backups.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <system_error>

#include <fmt/format.h>

namespace gauger::project {

namespace fs = std::filesystem;

std::vector<std::string> backup_folders(const Project& project) {
  std::vector<std::string> folders;
  for (const std::string& location : project.alembic.version_locations) {
    for (const std::string_view kind : backup_names) {
      const std::string parent = fmt::format("{}/{}", location, kind);
      std::vector<std::string> names;
      std::error_code error;
      for (fs::directory_iterator it(fs::path(project.repository_root) / parent, error), end;
           !error && it != end; it.increment(error)) {
        if (it->path().filename() != ".gitignore") {
          names.push_back(fmt::format("{}/{}", parent, it->path().filename().string()));
        }
      }
      std::sort(names.begin(), names.end());
      std::move(names.begin(), names.end(), std::back_inserter(folders));
    }
  }
  return folders;
}

std::vector<std::string> unfinished_backups(const Project& project) {
  std::vector<std::string> folders = backup_folders(project);
  std::erase_if(folders, [&](const std::string& folder) {
    const fs::path path = fs::path(project.repository_root) / folder;
    return !fs::exists(path / backup_journal) || fs::exists(path / backup_finished);
  });
  return folders;
}

}  // namespace gauger::project
