#include "project/discovery.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/file_tree.hpp"
#include "project/files.hpp"
#include "project/paths.hpp"
#include "project/scan.hpp"
#include "project/settings.hpp"
#include "project/toml.hpp"

namespace gauger::project {
namespace {

constexpr std::string_view pyproject = "pyproject.toml";

base::Result<SettingsFile> read_table(const TomlTable& table, const std::string& path) {
  auto settings = read_settings(table, path);
  if (!settings) {
    return base::failure(settings.error());
  }
  return SettingsFile{.settings = *std::move(settings), .path = path};
}

base::Result<SettingsFile> read_whole(const std::string& path) {
  const auto bytes = read_config_file(path);
  if (!bytes) {
    return base::failure(bytes.error());
  }
  const auto document = parse_toml(*bytes, path);
  if (!document) {
    return base::failure(document.error());
  }
  return read_table(*document->table(), path);
}

// A pyproject.toml that cannot be read is told about only where it is the one that counts.
bool has_script_location(const std::string& path) {
  const auto table = read_tool_table(path, "alembic");
  return table && *table && (*table)->find("script_location") != nullptr;
}

std::string shown_files(const std::vector<std::string>& paths, const std::string& folder) {
  constexpr std::size_t most = 10;
  std::vector<std::string> names;
  names.reserve(paths.size());
  for (const std::string& path : paths) {
    names.push_back(path_below(folder, path).value_or(path));
  }
  const std::size_t more = names.size() > most ? names.size() - most : 0;
  names.resize(names.size() - more);
  return fmt::format("{}{}", fmt::join(names, ", "),
                     more == 0 ? "" : fmt::format(" and {} more", more));
}

}  // namespace

base::Result<std::optional<SettingsFile>> settings_in(const std::string& folder) {
  const std::string own = absolute_path(folder, "gauger.toml");
  const std::string shared = absolute_path(folder, pyproject);
  const auto table = read_tool_table(shared, "gauger");
  if (!table) {
    return base::failure(table.error());
  }
  if (is_file(own) && *table) {
    return base::failure(
        {.kind = base::ErrorKind::configuration,
         .message = "the folder has both a gauger.toml and a [tool.gauger] in pyproject.toml",
         .path = shared,
         .position = (*table)->position,
         .help = "keep the settings in one of them"});
  }
  if (!is_file(own) && !*table) {
    return std::nullopt;
  }
  auto settings = *table ? read_table(*(*table)->table(), shared) : read_whole(own);
  if (!settings) {
    return base::failure(settings.error());
  }
  return std::optional(*std::move(settings));
}

base::Result<SettingsFile> settings_from(const std::string& path) {
  if (path.ends_with(".ini")) {
    return base::failure({.kind = base::ErrorKind::usage,
                          .message = "--config names Gauger's own settings, not an ini file",
                          .path = path,
                          .help = "write `alembic = \"…\"` in gauger.toml, or use --project"});
  }
  if (base::file_name(path) != pyproject) {
    return read_whole(path);
  }
  const auto table = read_tool_table(path, "gauger");
  if (!table) {
    return base::failure(table.error());
  }
  if (!*table) {
    return base::failure({.kind = base::ErrorKind::configuration,
                          .message = "the file has no [tool.gauger]",
                          .path = path});
  }
  return read_table(*(*table)->table(), path);
}

base::Result<std::optional<SettingsFile>> settings_above(const std::string& folder,
                                                         const std::string& top) {
  for (std::string place = folder;; place = parent_folder(place)) {
    auto found = settings_in(place);
    if (!found || *found || place == top || place == "/") {
      return found;
    }
  }
}

std::optional<AlembicFiles> alembic_in(const std::string& folder) {
  AlembicFiles files = alembic_named(absolute_path(folder, "alembic.ini"));
  if (is_file(files.ini)) {
    return files;
  }
  files.ini.clear();
  return !files.toml.empty() && has_script_location(files.toml) ? std::optional(files)
                                                                : std::nullopt;
}

std::optional<AlembicFiles> alembic_above(const std::string& folder, const std::string& top) {
  for (std::string place = folder;; place = parent_folder(place)) {
    auto found = alembic_in(place);
    if (found || place == top || place == "/") {
      return found;
    }
  }
}

base::Result<std::optional<AlembicFiles>> alembic_below(const std::string& folder) {
  const Scan scan = scan_below(folder, [](const std::string& place) -> std::vector<std::string> {
    const auto found = alembic_in(place);
    return found ? std::vector{found->ini.empty() ? found->toml : found->ini}
                 : std::vector<std::string>{};
  });
  if (scan.hits.size() == 1 && scan.complete) {
    return alembic_in(parent_folder(scan.hits.front()));
  }
  if (scan.hits.empty() && scan.complete) {
    return std::nullopt;
  }
  return base::failure(
      {.kind = base::ErrorKind::configuration,
       .message = scan.complete
                      ? fmt::format("several Alembic configurations are below this folder: {}",
                                    shown_files(scan.hits, folder))
                      : std::string("there are too many folders here to look for alembic.ini"),
       .path = folder,
       .help = scan.complete ? fmt::format("name one with --project, such as --project {}",
                                           path_below(folder, parent_folder(scan.hits.front()))
                                               .value_or(parent_folder(scan.hits.front())))
                             : std::string("name its folder with --project DIR")});
}

AlembicFiles alembic_named(const std::string& path) {
  if (base::file_name(path) == pyproject) {
    return {.ini = {}, .toml = path};
  }
  const std::string toml = absolute_path(parent_folder(path), pyproject);
  return {.ini = path, .toml = is_file(toml) ? toml : ""};
}

std::vector<std::string> environments_below(const std::string& folder) {
  return scan_below(folder,
                    [](const std::string& place) -> std::vector<std::string> {
                      const bool is_one = is_file(absolute_path(place, "env.py")) &&
                                          (is_file(absolute_path(place, "script.py.mako")) ||
                                           is_folder(absolute_path(place, "versions")));
                      return is_one ? std::vector{place} : std::vector<std::string>{};
                    })
      .hits;
}

std::vector<std::string> similar_names(const std::string& folder) {
  std::vector<std::string> names;
  if (const auto entries = base::WorkingTree("/").list(folder.substr(1))) {
    for (const base::Entry& entry : *entries) {
      if (entry.kind == base::EntryKind::file && names.size() < 5 &&
          entry.name.find("alembic") != std::string::npos &&
          entry.name.find(".ini") != std::string::npos) {
        names.push_back(entry.name);
      }
    }
  }
  return names;
}

}  // namespace gauger::project
