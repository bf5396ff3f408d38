// The configuration files on disk.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "project/toml.hpp"

namespace gauger::project {

// The bytes of a file by its absolute path. Error: unreadable, or larger than 1 MiB, which no
// configuration is.
[[nodiscard]] base::Result<std::string> read_config_file(const std::string& path);

// The table [tool.<tool>] of a pyproject.toml; nothing where there is no such file, or no such
// table in it. A file that never mentions the tool is not parsed, so that it may be as broken as it
// likes.
[[nodiscard]] base::Result<std::optional<TomlValue>> read_tool_table(const std::string& path,
                                                                     std::string_view tool);

}  // namespace gauger::project
