// Of a keeper's process: the folder of a server of our own, whose lock says that its run lives.
//
//   gauger-server-XXXXXX/lock   held with flock as long as the keeper lives
//                       /data   the cluster
//                       /log    what initdb and postgres say
//                       /.s.PGSQL.5432
#pragma once

#include <filesystem>
#include <vector>

#include "base/result.hpp"

namespace gauger::database {

// The first folder for temporary files where this user can make one whose socket's path is short
// enough (107 bytes). Left locked, until this process ends.
[[nodiscard]] base::Result<std::filesystem::path> make_server_folder(
    const std::vector<std::filesystem::path>& temporary);

// Ends what still runs in the folder, first as the server wants it, and removes it.
void remove_server_folder(const std::filesystem::path& folder);

// See sweep_servers(). Only this user's.
std::vector<std::filesystem::path> sweep_server_folders(const std::filesystem::path& temporary);

}  // namespace gauger::database
