#include "project/projects.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "base/file_tree.hpp"
#include "base/glob.hpp"
#include "project/discovery.hpp"
#include "project/paths.hpp"
#include "project/scan.hpp"

namespace gauger::project {
namespace {

bool is_excluded(const std::vector<std::string>& globs, std::string path) {
  for (; !path.empty(); path = base::parent_path(path)) {
    if (std::any_of(globs.begin(), globs.end(),
                    [&](const std::string& glob) { return base::glob_match(glob, path); })) {
      return true;
    }
  }
  return false;
}

// Settings that cannot be read are a project too, whose error is told.
bool looks_like_a_project(const std::string& place) {
  if (alembic_in(place)) {
    return true;
  }
  const auto settings = settings_in(place);
  return !settings || (*settings && (*settings)->settings.alembic);
}

base::Result<Project> load_in(const Request& request, const std::string& folder) {
  Request own = request;
  own.project_folder = folder;
  own.environment.erase("ALEMBIC_CONFIG");
  return load(own);
}

// Flask-Migrate's ini lies inside the script folder; the project is what is around it.
Project seen_from_outside(const Request& request, const std::string& place, Project project) {
  if (project.folder.empty() || project.folder != project.alembic.script_location) {
    return project;
  }
  auto around = load_in(request, parent_folder(place));
  return around && around->alembic.ini == project.alembic.ini ? *std::move(around) : project;
}

}  // namespace

Projects find_projects(const Request& request, const std::string& folder,
                       const std::vector<std::string>& excluded) {
  const Scan scan = scan_below(folder, [&](const std::string& place) {
    const bool is_one = !is_excluded(excluded, path_below(folder, place).value_or("")) &&
                        looks_like_a_project(place);
    return is_one ? std::vector{place} : std::vector<std::string>{};
  });
  Projects found;
  std::set<std::pair<std::string, std::string>> known;  // the repository and the ini in it
  for (const std::string& place : scan.hits) {
    auto project = load_in(request, place);
    if (!project) {
      found.errors.push_back(std::move(project.error()));
      continue;
    }
    Project whole = seen_from_outside(request, place, *std::move(project));
    if (known.emplace(whole.repository_root, whole.alembic.ini).second) {
      found.projects.push_back(std::move(whole));
    }
  }
  if (!scan.complete) {
    found.errors.push_back({.kind = base::ErrorKind::configuration,
                            .message = "there are too many folders here to look for alembic.ini",
                            .path = folder,
                            .help = "name a folder with fewer by --project DIR"});
  }
  return found;
}

}  // namespace gauger::project
