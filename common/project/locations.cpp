#include "project/locations.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/file_tree.hpp"
#include "project/paths.hpp"
#include "project/scan.hpp"

namespace gauger::project {
namespace {

bool is_script_folder(const std::string& path) {
  return is_file(absolute_path(path, "env.py")) || is_folder(absolute_path(path, "versions"));
}

void add_once(std::vector<std::string>& paths, std::string path) {
  if (std::find(paths.begin(), paths.end(), path) == paths.end()) {
    paths.push_back(std::move(path));
  }
}

tl::unexpected<base::Error> refuse(const Setting& setting, std::string message,
                                   std::string help = {}) {
  return base::failure({.kind = base::ErrorKind::configuration,
                        .message = std::move(message),
                        .path = setting.file,
                        .position = setting.position,
                        .help = std::move(help)});
}

// "package.sub:path:more" -> "package/sub/path/more", as coerce_resource_to_filename has it.
std::string package_path(std::string_view resource) {
  std::string path(resource);
  const std::size_t colon = path.find(':');
  std::replace(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(colon), '.', '/');
  std::replace(path.begin(), path.end(), ':', '/');
  return path;
}

class Finder {
 public:
  Finder(const AlembicConfig& config, const Surroundings& surroundings)
      : config_(config), surroundings_(surroundings) {
    const std::string home = parent_folder(config.ini.empty() ? config.toml : config.ini);
    add_base(home);
    add_base(surroundings.project_folder);
    const std::string limit = surroundings.repository.value_or(surroundings.project_folder);
    for (std::string place = home; place != limit && path_below(limit, place);) {
      place = parent_folder(place);
      add_base(place);
    }
    add_base(surroundings.current_folder);
  }

  [[nodiscard]] base::Result<Locations> find() {
    Locations locations;
    auto script_location = find_script_location();
    if (!script_location) {
      return tl::unexpected<base::Error>(std::move(script_location.error()));
    }
    locations.script_location = *std::move(script_location);
    for (const Setting& setting : config_.version_locations) {
      const auto found = find_version_location(setting);
      if (!found) {
        return tl::unexpected<base::Error>(found.error());
      }
      if (*found) {
        locations.version_locations.push_back(**found);
      } else {
        locations.external.push_back(setting.text);
      }
    }
    if (config_.version_locations.empty()) {
      locations.version_locations = {absolute_path(locations.script_location, "versions")};
    }
    locations.import_folders = import_folders();
    return locations;
  }

 private:
  // Relative locations are not looked for outside the repository.
  void add_base(const std::string& folder) {
    if (!surroundings_.repository || path_below(*surroundings_.repository, folder)) {
      add_once(bases_, folder);
    }
  }

  [[nodiscard]] bool is_inside(const std::string& path) const {
    return !surroundings_.repository || path_below(*surroundings_.repository, path);
  }

  [[nodiscard]] base::Result<std::string> find_script_location() {
    if (!config_.script_location) {
      return beside_ini();
    }
    const Setting& setting = *config_.script_location;
    const std::string& text = setting.text;
    std::vector<std::string> candidates;
    if (text.starts_with('/')) {
      candidates = absolute_candidates(text);
    } else if (text.find(':') != std::string::npos) {
      candidates = package_candidates(text);
    } else {
      for (const std::string& base : bases_) {
        add_once(candidates, absolute_path(base, text));
      }
    }
    auto found = std::find_if(candidates.begin(), candidates.end(), is_script_folder);
    if (found == candidates.end()) {
      found = std::find_if(candidates.begin(), candidates.end(), is_folder);
    }
    if (found == candidates.end()) {
      return refuse_script_location(setting);
    }
    if (!is_inside(*found)) {
      return refuse(setting, fmt::format("script_location '{}' lies outside the repository {}",
                                         text, *surroundings_.repository));
    }
    remember_run_folder(text, *found);
    return *found;
  }

  // Version locations are relative to the same folder as the script location.
  void remember_run_folder(std::string_view text, const std::string& found) {
    for (auto base = bases_.begin(); base != bases_.end(); ++base) {
      if (!text.starts_with('/') && absolute_path(*base, text) == found) {
        std::rotate(bases_.begin(), base, base + 1);
        return;
      }
    }
  }

  // Flask-Migrate sets script_location to the folder of migrations/alembic.ini.
  [[nodiscard]] base::Result<std::string> beside_ini() const {
    const std::string& file = config_.ini.empty() ? config_.toml : config_.ini;
    const std::string folder = parent_folder(file);
    if (!config_.ini.empty() && is_script_folder(folder)) {
      return folder;
    }
    return base::failure(
        {.kind = base::ErrorKind::configuration,
         .message = fmt::format("[{}] has no script_location", config_.section),
         .path = file,
         .help = "only Flask-Migrate, whose ini lies beside env.py, does without"});
  }

  [[nodiscard]] base::Result<std::optional<std::string>> find_version_location(
      const Setting& setting) const {
    const std::string& text = setting.text;
    if (text.find('\0') != std::string::npos) {
      return refuse(setting, "a version location has a NUL character");
    }
    std::vector<std::string> candidates;
    std::string missing;
    if (text.starts_with('/')) {
      candidates = absolute_candidates(text);
      missing = absolute_path("/", text);
    } else if (text.find(':') != std::string::npos) {
      candidates = package_candidates(text);
      if (candidates.empty()) {
        return std::nullopt;
      }
    } else {
      missing = absolute_path(bases_.front(), text);
      for (const std::string& base : bases_) {
        candidates.push_back(absolute_path(base, text));
      }
    }
    const auto found = std::find_if(candidates.begin(), candidates.end(), is_folder);
    const std::string place = found == candidates.end() ? missing : *found;
    if (!is_inside(place)) {
      return refuse(setting, fmt::format("version location '{}' lies outside the repository {}",
                                         text, *surroundings_.repository));
    }
    return place;
  }

  // The path itself where it is here, else each end of it in each folder: "/app/db/alembic" may be
  // db/alembic or alembic of this checkout. The longest end comes first.
  [[nodiscard]] std::vector<std::string> absolute_candidates(const std::string& text) const {
    std::vector<std::string> candidates;
    const std::string path = absolute_path("/", text);
    const auto real = base::canonical_path(path);
    for (const auto& here : {std::optional(path), real}) {
      if (here && is_folder(*here) && is_inside(*here)) {
        return {*here};
      }
    }
    for (std::size_t slash = 0; slash != std::string::npos; slash = path.find('/', slash + 1)) {
      for (const std::string& base : bases_) {
        const std::string end = path.substr(slash + 1);
        if (!end.empty()) {
          add_once(candidates, absolute_path(base, end));
        }
      }
    }
    candidates.push_back(path);
    return candidates;
  }

  // Only folders that exist.
  [[nodiscard]] std::vector<std::string> package_candidates(const std::string& resource) const {
    const std::string path = package_path(resource);
    std::vector<std::string> candidates;
    for (const std::string& folder : import_folders()) {
      if (const std::string place = absolute_path(folder, path); is_folder(place)) {
        add_once(candidates, place);
      }
    }
    if (!candidates.empty()) {
      return candidates;
    }
    const std::string top = surroundings_.repository.value_or(surroundings_.project_folder);
    return scan_below(top,
                      [&](const std::string& folder) -> std::vector<std::string> {
                        const std::string place = absolute_path(folder, path);
                        return is_folder(place) ? std::vector{place} : std::vector<std::string>{};
                      })
        .hits;
  }

  [[nodiscard]] std::vector<std::string> import_folders() const {
    std::vector<std::string> folders;
    for (const std::string& entry : config_.prepend_sys_path) {
      for (const std::string& base : bases_) {
        if (const std::string place = absolute_path(base, entry);
            is_folder(place) && is_inside(place)) {
          add_once(folders, place);
          break;
        }
      }
    }
    for (const std::string& base : bases_) {
      add_once(folders, base);
      if (const std::string source = absolute_path(base, "src"); is_folder(source)) {
        add_once(folders, source);
      }
    }
    return folders;
  }

  [[nodiscard]] tl::unexpected<base::Error> refuse_script_location(const Setting& setting) const {
    const std::string& text = setting.text;
    const std::string message = fmt::format("script_location '{}' is not found", text);
    if (text.find_first_of("{}$<>@") != std::string::npos) {
      return refuse(setting, message,
                    "it looks like a placeholder that a program fills in: name the filled-in file "
                    "with `alembic` in gauger.toml");
    }
    if (text.starts_with('/')) {
      return refuse(setting, message,
                    "it is an absolute path of another machine, and no folder here has the end of "
                    "it; %(here)s stands for the folder of the ini");
    }
    if (text.find(':') != std::string::npos) {
      return refuse(
          setting, message,
          fmt::format("no folder {} was found in the project, its src or prepend_sys_path",
                      package_path(text)));
    }
    return refuse(setting, message, fmt::format("looked in {}", fmt::join(bases_, ", ")));
  }

  const AlembicConfig& config_;
  const Surroundings& surroundings_;
  std::vector<std::string> bases_;
};

}  // namespace

base::Result<Locations> find_locations(const AlembicConfig& config,
                                       const Surroundings& surroundings) {
  return Finder(config, surroundings).find();
}

}  // namespace gauger::project
