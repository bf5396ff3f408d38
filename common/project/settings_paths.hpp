// The paths and globs of the settings, from as they are written to as the tree has them.
#pragma once

#include <string>

#include "base/result.hpp"
#include "project/project.hpp"

namespace gauger::project {

// Absolute paths.
struct SettingsPlace {
  std::string file;  // the settings were read from; empty: none
  std::string home;  // what their paths are relative to
  std::string root;  // of the tree
};

// Also fills in `source` and the default of `env-file`. Error (configuration): seeds or globs that
// lie outside the tree.
[[nodiscard]] base::Result<void> place_settings(Settings& settings, const SettingsPlace& place);

}  // namespace gauger::project
