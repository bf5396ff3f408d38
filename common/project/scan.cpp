#include "project/scan.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "base/file_tree.hpp"
#include "project/paths.hpp"

namespace gauger::project {
namespace {

constexpr std::size_t most_folders = 20'000;
constexpr int most_levels = 8;

bool is_skipped(std::string_view name) {
  constexpr std::array<std::string_view, 10> names = {
      "node_modules", "site-packages", "dist-packages", "__pycache__", "build",
      "dist",         "target",        "venv",          "virtualenv",  "__pypackages__"};
  return name.starts_with('.') || name.ends_with(".egg-info") ||
         std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

Scan scan_below(const std::string& folder,
                const std::function<std::vector<std::string>(const std::string&)>& visit) {
  const base::WorkingTree disk("/");
  Scan scan;
  std::vector<std::string> level = {folder};
  std::size_t seen = 0;
  for (int depth = 0; depth <= most_levels && !level.empty(); ++depth) {
    std::vector<std::string> next;
    for (const std::string& place : level) {
      if (++seen > most_folders) {
        scan.complete = false;
        return scan;
      }
      for (std::string& hit : visit(place)) {
        scan.hits.push_back(std::move(hit));
      }
      const auto entries = disk.list(place.substr(1));
      if (!entries) {
        continue;  // a folder that cannot be listed has nothing for us
      }
      for (const base::Entry& entry : *entries) {
        const std::string path = absolute_path(place, entry.name);
        if (entry.kind == base::EntryKind::folder && !is_skipped(entry.name) && !entry.is_link &&
            !is_file(absolute_path(path, "pyvenv.cfg"))) {
          next.push_back(path);
        }
      }
    }
    level = std::move(next);
  }
  return scan;
}

}  // namespace gauger::project
