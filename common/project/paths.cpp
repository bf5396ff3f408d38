#include "project/paths.hpp"

#include <algorithm>
#include <sys/stat.h>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace gauger::project {
namespace {

void append_parts(std::string_view path, std::vector<std::string_view>& parts) {
  std::size_t begin = 0;
  while (begin <= path.size()) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const std::string_view part = path.substr(begin, end - begin);
    if (part == ".." && !parts.empty()) {
      parts.pop_back();
    } else if (!part.empty() && part != "." && part != "..") {
      parts.push_back(part);
    }
    begin = end + 1;
  }
}

std::optional<mode_t> mode_of(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 ? std::optional(status.st_mode) : std::nullopt;
}

}  // namespace

std::string absolute_path(std::string_view base, std::string_view path) {
  std::vector<std::string_view> parts;
  if (!path.starts_with('/')) {
    append_parts(base, parts);
  }
  append_parts(path, parts);
  return fmt::format("/{}", fmt::join(parts, "/"));
}

std::optional<std::string> path_below(std::string_view folder, std::string_view path) {
  if (path == folder) {
    return "";
  }
  if (folder == "/") {
    return std::string(path.substr(1));
  }
  if (path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/') {
    return std::string(path.substr(folder.size() + 1));
  }
  return std::nullopt;
}

std::string parent_folder(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == 0 || slash == std::string_view::npos ? "/" : std::string(path.substr(0, slash));
}

std::string common_folder(std::string_view a, std::string_view b) {
  std::string folder(a);
  while (!path_below(folder, b)) {
    folder = parent_folder(folder);
  }
  return folder;
}

bool is_folder(const std::string& path) {
  const auto mode = mode_of(path);
  return mode && S_ISDIR(*mode);
}

bool is_file(const std::string& path) {
  const auto mode = mode_of(path);
  return mode && S_ISREG(*mode);
}

std::optional<std::string> find_repository(const std::string& folder) {
  for (std::string place = folder;; place = parent_folder(place)) {
    if (mode_of(absolute_path(place, ".git"))) {
      return place;
    }
    if (place == "/") {
      return std::nullopt;
    }
  }
}

}  // namespace gauger::project
