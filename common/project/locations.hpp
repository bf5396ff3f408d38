// Turns the locations of Alembic's configuration into folders on disk.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "project/alembic_config.hpp"

namespace gauger::project {

// Where to look, as absolute paths.
struct Surroundings {
  std::string project_folder;
  std::string current_folder;
  std::optional<std::string> repository;  // nothing may lie outside it
};

struct Locations {
  std::string script_location;
  std::vector<std::string> version_locations;
  std::vector<std::string> external;  // as written: in packages that are not here
  std::vector<std::string> import_folders;
};

// Alembic takes relative paths from the folder it is run in, which is not known here. Tried are the
// folder of the ini (or pyproject.toml), the project's, the parents of the ini's, and the current
// one; the first with a folder of that name that has an env.py or `versions`, else the first with a
// folder of that name. "package:path" is looked for in prepend_sys_path, in these folders and their
// `src`, then below. An absolute path that is not here, such as a container's, counts where the end
// of it is a folder in the project.
//
// Error (configuration, with the place of the setting): a script location that is not found.
[[nodiscard]] base::Result<Locations> find_locations(const AlembicConfig& config,
                                                     const Surroundings& surroundings);

}  // namespace gauger::project
