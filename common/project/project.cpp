#include "project/project.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "project/alembic_config.hpp"
#include "project/discovery.hpp"
#include "project/locations.hpp"
#include "project/paths.hpp"
#include "project/settings_paths.hpp"

namespace gauger::project {
namespace {

tl::unexpected<base::Error> refuse(std::string message, std::string path, std::string help = {}) {
  return base::failure({.kind = base::ErrorKind::configuration,
                        .message = std::move(message),
                        .path = std::move(path),
                        .help = std::move(help)});
}

// Finds one project; all paths in here are absolute.
class Search {
 public:
  explicit Search(const Request& request) : request_(request) {}

  [[nodiscard]] base::Result<Project> run() {
    const std::string asked =
        absolute_path(request_.current_folder, request_.project_folder.value_or("."));
    const auto start = base::canonical_path(asked);
    if (!start || !is_folder(*start)) {
      return base::failure({.kind = base::ErrorKind::usage,
                            .message = start ? "this is not a folder" : "there is no such folder",
                            .path = asked,
                            .help = "--project takes the folder of a project"});
    }
    start_ = *start;
    repository_ = find_repository(start_);
    top_ = repository_.value_or(start_);
    folder_ = start_;
    if (auto done = find_settings(); !done) {
      return base::failure(done.error());
    }
    if (auto done = find_alembic(); !done) {
      return base::failure(done.error());
    }
    const auto config = read_alembic_config(files_.ini, files_.toml, request_.section);
    if (!config) {
      return base::failure(config.error());
    }
    const auto locations =
        find_locations(*config, {.project_folder = folder_,
                                 .current_folder = absolute_path("/", request_.current_folder),
                                 .repository = repository_});
    if (!locations) {
      return base::failure(locations.error());
    }
    return build(*config, *locations);
  }

 private:
  [[nodiscard]] bool is_explicit() const { return request_.project_folder.has_value(); }

  [[nodiscard]] base::Result<void> find_settings() {
    if (request_.config_file) {
      auto settings = settings_from(absolute_path(request_.current_folder, *request_.config_file));
      if (!settings) {
        return base::failure(settings.error());
      }
      settings_ = *std::move(settings);
      settings_folder_ = folder_;
      return {};
    }
    return look_for_settings(start_, top_);
  }

  [[nodiscard]] base::Result<void> look_for_settings(const std::string& from,
                                                     const std::string& top) {
    auto settings = settings_above(from, top);
    if (!settings) {
      return base::failure(settings.error());
    }
    if (*settings) {
      settings_ = **std::move(settings);
      settings_folder_ = parent_folder(settings_.path);
      folder_ = is_explicit() ? start_ : settings_folder_;
    }
    return {};
  }

  [[nodiscard]] base::Result<void> find_alembic() {
    if (settings_.settings.alembic) {
      return use_named_in_settings();
    }
    const auto variable = request_.environment.find("ALEMBIC_CONFIG");
    if (variable != request_.environment.end() && !variable->second.empty()) {
      return use_named(absolute_path(request_.current_folder, variable->second),
                       "the environment variable ALEMBIC_CONFIG names a file that does not exist");
    }
    auto found = alembic_in(start_);
    if (!found && !is_explicit()) {
      found = alembic_above(start_, top_);
    }
    if (found) {
      return use_found(*found);
    }
    auto below = alembic_below(folder_);
    if (!below) {
      return base::failure(below.error());
    }
    if (*below) {
      return use_below(**below);
    }
    found = is_explicit() ? alembic_above(start_, top_) : std::nullopt;
    return found ? use_found(*found) : not_found();
  }

  [[nodiscard]] base::Result<void> use_named(const std::string& path, std::string message) {
    if (!is_file(path)) {
      return refuse(std::move(message), path);
    }
    if (repository_ && !path_below(*repository_, path)) {
      return refuse(fmt::format("the ini lies outside the repository {}", *repository_), path);
    }
    files_ = alembic_named(path);
    return {};
  }

  // Settings of a folder above must not lead away, unseen, from the ini of this one.
  [[nodiscard]] base::Result<void> use_named_in_settings() {
    const std::string path = absolute_path(settings_folder_, *settings_.settings.alembic);
    if (!settings_.path.empty() && !request_.config_file && settings_folder_ != start_ &&
        path_below(settings_folder_, start_)) {
      for (std::string place = start_; place != settings_folder_; place = parent_folder(place)) {
        const auto nearer = alembic_in(place);
        const std::string file = !nearer ? "" : nearer->ini.empty() ? nearer->toml : nearer->ini;
        if (!file.empty() && file != path) {
          return refuse(
              fmt::format("{} is nearer than {}, which these settings name", file, path),
              settings_.path,
              "give the nearer one a gauger.toml of its own, or go to the other's folder");
        }
      }
    }
    return use_named(
        path, fmt::format("'alembic' in {} names a file that does not exist", settings_.path));
  }

  [[nodiscard]] base::Result<void> use_found(const AlembicFiles& found) {
    files_ = found;
    if (settings_.path.empty() && !is_explicit()) {
      folder_ = parent_folder(found.ini.empty() ? found.toml : found.ini);
    }
    return {};
  }

  [[nodiscard]] base::Result<void> use_below(const AlembicFiles& found) {
    files_ = found;
    const std::string home = parent_folder(found.ini.empty() ? found.toml : found.ini);
    if (!settings_.path.empty() || home == start_) {
      return {};
    }
    if (auto done = look_for_settings(home, start_); !done) {
      return done;
    }
    return settings_.settings.alembic ? use_named_in_settings() : base::Result<void>{};
  }

  [[nodiscard]] base::Result<void> not_found() const {
    std::string help =
        "run in the folder of the project, or name it with --project DIR; an ini of another name "
        "is named by `alembic` in gauger.toml";
    const std::vector<std::string> similar = similar_names(start_);
    if (!similar.empty()) {
      help = fmt::format("found {}: name the ini with `alembic` in gauger.toml",
                         fmt::join(similar, ", "));
    } else if (const auto found = environments_below(start_); !found.empty()) {
      const std::string first = path_below(start_, found.front()).value_or(found.front());
      help = fmt::format(
          "{0} looks like a script location whose settings are made in Python: give it an "
          "alembic.ini with `[alembic]` and `script_location = {0}`; under another name if "
          "`alembic` in gauger.toml says so",
          first.empty() ? "." : first);
    }
    return refuse(repository_ ? fmt::format("no alembic.ini in this folder, in its parents up to "
                                            "{}, or below it",
                                            *repository_)
                              : std::string("no alembic.ini in this folder or below it"),
                  start_, help);
  }

  [[nodiscard]] base::Result<Project> build(const AlembicConfig& config,
                                            const Locations& locations) {
    if (!locations.external.empty() && settings_.settings.history.external.empty()) {
      return refuse(fmt::format("version location '{}' names a package that is not in this project",
                                locations.external.front()),
                    config.ini.empty() ? config.toml : config.ini,
                    "where it is installed from elsewhere, list the revisions of it that are "
                    "referred to as `external` in [history] of gauger.toml");
    }
    // Flask-Migrate's ini lies inside the script folder; the project is what is around it.
    if (settings_.path.empty() && !is_explicit() && folder_ == locations.script_location &&
        folder_ != top_) {
      folder_ = parent_folder(folder_);
    }
    root_ = repository_.value_or(folder_);
    if (!repository_) {
      root_ = common_folder(root_, locations.script_location);
      for (const std::string& location : locations.version_locations) {
        root_ = common_folder(root_, location);
      }
      for (const std::string& file : {config.ini, config.toml}) {
        root_ = file.empty() ? root_ : common_folder(root_, file);
      }
    }
    Project project{.repository_root = root_, .folder = in_tree(folder_)};
    project.alembic = {.ini = in_tree(config.ini.empty() ? config.toml : config.ini),
                       .toml = config.toml.empty() ? "" : in_tree(config.toml),
                       .section = config.ini.empty() ? "tool.alembic" : config.section,
                       .script_location = in_tree(locations.script_location),
                       .external_locations = locations.external,
                       .recursive_version_locations = config.recursive_version_locations,
                       .sourceless = config.sourceless,
                       .file_template = config.file_template,
                       .timezone = config.timezone};
    for (const std::string& location : locations.version_locations) {
      project.alembic.version_locations.push_back(in_tree(location));
    }
    for (const std::string& folder : locations.import_folders) {
      if (path_below(root_, folder)) {
        project.alembic.import_folders.push_back(in_tree(folder));
      }
    }
    const std::string home = settings_.path.empty() ? folder_ : settings_folder_;
    if (auto done = place_settings(settings_.settings,
                                   {.file = settings_.path, .home = home, .root = root_});
        !done) {
      return base::failure(done.error());
    }
    project.settings = std::move(settings_.settings);
    return project;
  }

  [[nodiscard]] std::string in_tree(const std::string& path) const {
    return path_below(root_, path).value_or(path);
  }

  const Request& request_;
  std::string start_;  // the folder that was asked for
  std::optional<std::string> repository_;
  std::string top_;     // the last of its parents that is looked at
  std::string folder_;  // the project's
  SettingsFile settings_;
  std::string settings_folder_;  // what its paths are relative to
  AlembicFiles files_;
  std::string root_;  // of the tree
};

}  // namespace

base::Result<Project> load(const Request& request) {
  auto project = Search(request).run();
  if (!project) {
    std::string& path = project.error().path;
    const std::string current =
        base::canonical_path(request.current_folder).value_or(request.current_folder);
    if (const auto shown = path_below(current, path)) {
      path = shown->empty() ? "." : *shown;
    }
  }
  return project;
}

std::string not_entered_note(const Project& project, const std::vector<std::string>& not_entered) {
  if (not_entered.empty()) {
    return "";
  }
  std::string shown = relative_to_project(project, not_entered[0]);
  if (not_entered.size() == 2) {
    shown += " and " + relative_to_project(project, not_entered[1]);
  } else if (not_entered.size() > 2) {
    shown += fmt::format(" and {} more folders", not_entered.size() - 1);
  }
  return fmt::format(
      "Alembic does not load the revisions in {}: set `recursive_version_locations = true`, or "
      "name the folders in `version_locations`",
      shown);
}

std::string relative_to_project(const Project& project, const std::string& path) {
  std::string up;
  for (std::string_view folder = project.folder;; folder = base::parent_path(folder)) {
    if (folder.empty()) {
      return up + path;
    }
    if (path.starts_with(folder) && path.size() > folder.size() && path[folder.size()] == '/') {
      return up + path.substr(folder.size() + 1);
    }
    if (path == folder) {
      return up.empty() ? "." : up.substr(0, up.size() - 1);
    }
    up += "../";
  }
}

}  // namespace gauger::project
