// Where the commands of the workflow set revisions aside: folders beside them, which live::Rewrite
// fills.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "project/project.hpp"

namespace gauger::project {

inline constexpr std::array<std::string_view, 2> backup_names = {".squash_backup", ".nuke_backup"};
// Says what was moved, from the beginning; and that all is done, at the end.
inline constexpr std::string_view backup_journal = "journal.json";
inline constexpr std::string_view backup_finished = "finished.json";

// Tree paths: "migrations/versions/.squash_backup/20250131T120000Z". Read from the disk.
[[nodiscard]] std::vector<std::string> backup_folders(const Project& project);

// Those of runs that are under way, or that were killed: the files in them are not where they
// belong.
[[nodiscard]] std::vector<std::string> unfinished_backups(const Project& project);

}  // namespace gauger::project
