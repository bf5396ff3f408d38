// Where a project's configuration files are.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "project/project.hpp"

namespace gauger::project {

struct SettingsFile {
  Settings settings;  // paths as written
  std::string path;   // absolute; empty: there is none
};

// Absolute paths; one may be empty, not both.
struct AlembicFiles {
  std::string ini;
  std::string toml;
};

// gauger.toml or [tool.gauger] of pyproject.toml in a folder; both are an Error.
[[nodiscard]] base::Result<std::optional<SettingsFile>> settings_in(const std::string& folder);
// --config: any TOML file, of pyproject.toml its [tool.gauger].
[[nodiscard]] base::Result<SettingsFile> settings_from(const std::string& path);
// The first settings from `folder` upwards; `top` is the last folder looked at.
[[nodiscard]] base::Result<std::optional<SettingsFile>> settings_above(const std::string& folder,
                                                                       const std::string& top);

// alembic.ini, a pyproject.toml whose [tool.alembic] has a script_location, or both.
[[nodiscard]] std::optional<AlembicFiles> alembic_in(const std::string& folder);
// The first from `folder` upwards; `top` is the last folder looked at.
[[nodiscard]] std::optional<AlembicFiles> alembic_above(const std::string& folder,
                                                        const std::string& top);
// The only one below a folder; nothing where there is none. Error: several.
[[nodiscard]] base::Result<std::optional<AlembicFiles>> alembic_below(const std::string& folder);
// A file that somebody named, and the pyproject.toml beside it.
[[nodiscard]] AlembicFiles alembic_named(const std::string& path);

// Folders, here and below, that look like Alembic's script locations: with an env.py and a
// script.py.mako or `versions`.
[[nodiscard]] std::vector<std::string> environments_below(const std::string& folder);

// Names in a folder that somebody may have meant by alembic.ini: alembic.ini.in, alembic_core.ini.
[[nodiscard]] std::vector<std::string> similar_names(const std::string& folder);

}  // namespace gauger::project
