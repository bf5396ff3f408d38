#include "project/settings_paths.hpp"

#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/glob.hpp"
#include "project/paths.hpp"

namespace gauger::project {
namespace {

std::string in_tree(const SettingsPlace& place, const std::string& path) {
  return path_below(place.root, path).value_or(path);
}

// "../lib/**/*.py" of a/gauger.toml is "lib/**/*.py" of the tree; a final "/" stays.
std::optional<std::string> place_glob(const SettingsPlace& place, const std::string& glob) {
  const bool is_absolute = glob.starts_with('/');
  const std::string root = is_absolute ? place.root : base::glob_escape(place.root);
  auto placed = path_below(root, absolute_path(base::glob_escape(place.home), glob));
  if (placed && placed->empty()) {
    return ".";
  }
  if (placed && glob.ends_with('/')) {
    *placed += '/';
  }
  return placed;
}

}  // namespace

base::Result<void> place_settings(Settings& settings, const SettingsPlace& place) {
  const auto outside = [&](std::string_view key, const std::string& text) {
    return base::failure(
        {.kind = base::ErrorKind::configuration,
         .message = fmt::format("'{}': '{}' lies outside {}", key, text, place.root),
         .path = place.file});
  };
  settings.source = place.file.empty() ? "" : in_tree(place, place.file);
  if (settings.alembic) {
    settings.alembic = in_tree(place, absolute_path(place.home, *settings.alembic));
  }
  const std::string seeds = absolute_path(place.home, settings.seeds);
  if (!path_below(place.root, seeds)) {
    return outside("seeds", settings.seeds);
  }
  settings.seeds = in_tree(place, seeds);
  DatabaseSettings& database = settings.database;
  database.env_file_required = !database.env_file.empty();
  database.env_file =
      absolute_path(place.home, database.env_file_required ? database.env_file : ".env");
  for (const auto& [key, globs] : {std::pair("schema-paths", &settings.schema_paths),
                                   std::pair("startup-paths", &settings.startup_paths)}) {
    for (std::string& glob : *globs) {
      auto placed = place_glob(place, glob);
      if (!placed) {
        return outside(key, glob);
      }
      glob = *std::move(placed);
    }
  }
  return {};
}

}  // namespace gauger::project
