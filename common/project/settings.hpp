// The keys of gauger.toml and [tool.gauger] as Settings.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "project/project.hpp"
#include "project/toml.hpp"

namespace gauger::project {

// Paths are left as written, `source` and an absent `env-file` empty. Error (configuration, `path`,
// with its position): an unknown key, a value of the wrong type.
[[nodiscard]] base::Result<Settings> read_settings(const TomlTable& table, const std::string& path);

// Whether [PREFIX]_PG_DSN would be the name of a variable.
[[nodiscard]] bool is_identifier(std::string_view text);

}  // namespace gauger::project
