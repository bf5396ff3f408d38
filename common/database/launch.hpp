// Of a keeper's process: starting the server's programs, as the user that they run as.
#pragma once

#include <filesystem>
#include <string>
#include <sys/types.h>
#include <vector>

#include "base/result.hpp"

namespace gauger::database {

// "cannot <what>: …", with what errno says now.
[[nodiscard]] tl::unexpected<base::Error> system_failure(std::string_view what);

// Under root this process becomes "postgres", or "nobody" where there is no such user: a server
// does not run as root. Does nothing for others.
[[nodiscard]] base::Result<void> leave_root();

// Starts a program whose stdout and stderr are appended to `log`. It gets `signal_when_orphaned`
// when this process dies. Its environment is this one's without PG… and LC_… variables.
[[nodiscard]] base::Result<pid_t> launch(const std::vector<std::string>& arguments,
                                         const std::filesystem::path& log,
                                         int signal_when_orphaned);

// The processes whose current folder is `folder` or in it, as far as this user may see them.
[[nodiscard]] std::vector<pid_t> processes_in(const std::filesystem::path& folder);

}  // namespace gauger::database
