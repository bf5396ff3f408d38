// What alembic.ini and [tool.alembic] say, before the folders they name are looked for.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace gauger::project {

// A value with the file it stands in.
struct Setting {
  std::string text;
  std::string file{};  // absolute; empty: a default
  base::Position position{};
};

struct AlembicConfig {
  std::string ini;   // absolute path; empty: none
  std::string toml;  // absolute path of the pyproject.toml with [tool.alembic]; empty: none
  std::string section;
  std::optional<Setting> script_location;  // nothing: Flask-Migrate sets it to the ini's folder
  std::vector<Setting> version_locations;  // none: `versions` in the script location
  std::vector<std::string> prepend_sys_path;
  bool recursive_version_locations = false;
  bool sourceless = false;
  std::string file_template;
  std::string timezone;
};

// As alembic.config.Config (1.16 and newer) combines them: the ini's section first, key by key,
// then [tool.alembic]. Both are absolute paths; an empty one is not read. `section` is -n.
//
// Error (configuration): what configparser, the TOML reader or Alembic itself refuses; a section
// that the ini does not have, with those that have a script_location.
[[nodiscard]] base::Result<AlembicConfig> read_alembic_config(
    const std::string& ini, const std::string& toml, const std::optional<std::string>& section);

// "%(here)s" and "%%" in a TOML string, as Config._get_toml_config_value puts them in with Python's
// % operator; nothing where Python would raise.
[[nodiscard]] std::optional<std::string> format_toml(std::string_view text, std::string_view here);

// `legacy`: at commas and blanks, as Alembic splits version_locations where no separator is set.
[[nodiscard]] std::vector<std::string> split_locations(std::string_view text,
                                                       std::optional<char> separator);

}  // namespace gauger::project
