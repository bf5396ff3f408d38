// Absolute paths on disk, while the root of the tree is still being looked for.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gauger::project {

// `path` seen from `base` (absolute), without "." and ".." parts; what would leave "/" stays there.
[[nodiscard]] std::string absolute_path(std::string_view base, std::string_view path);

// "/a/b" and "/a/b/c" -> "c"; "" for the folder itself; nothing for what is not below it.
[[nodiscard]] std::optional<std::string> path_below(std::string_view folder, std::string_view path);

// "/a/b" -> "/a"; "/" -> "/".
[[nodiscard]] std::string parent_folder(std::string_view path);

// The deepest folder that both are in, or are.
[[nodiscard]] std::string common_folder(std::string_view a, std::string_view b);

[[nodiscard]] bool is_folder(const std::string& path);
[[nodiscard]] bool is_file(const std::string& path);

// The nearest folder, from `folder` upwards, that has a `.git` folder or file (a worktree's or a
// submodule's).
[[nodiscard]] std::optional<std::string> find_repository(const std::string& folder);

}  // namespace gauger::project
