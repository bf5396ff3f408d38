#include "tools/gauger/surroundings.hpp"

#include <charconv>
#include <string_view>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "alembic/python.hpp"
#include "base/dsn.hpp"
#include "base/file_tree.hpp"

namespace gauger::tools {
namespace {

using Environment = project::Variables;

std::string value_of(const Environment& environment, const std::string& name) {
  const auto found = environment.find(name);
  return found == environment.end() ? std::string() : found->second;
}

bool is_executable(const std::string& path) {
  const base::WorkingTree disk("/");
  return disk.kind(path.substr(1)) == base::EntryKind::file && ::access(path.c_str(), X_OK) == 0;
}

}  // namespace

Choice find_dsn(const project::Project& project, const project::Request& request,
                const project::Variables& env_file) {
  const std::vector<std::string> names = project::dsn_variables(project.settings);
  for (const std::string& name : names) {
    if (const auto dsn = project::find_variable(name, request.environment, env_file)) {
      const bool from_file = value_of(request.environment, name).empty();
      return {base::mask_dsn(*dsn),
              from_file ? fmt::format("{} in {}", name, project.settings.database.env_file)
                        : name + " in the environment"};
    }
  }
  return {"", fmt::format("{} is not set", fmt::join(names, " or "))};
}

Choice find_base(const project::Project& project, const project::Request& request,
                 const project::Variables& env_file) {
  project::BaseReference base =
      project::base_reference({}, project.settings, request.environment, env_file);
  return {std::move(base.name),
          base.source == "default" ? "the default; no CI names another" : std::move(base.source)};
}

Choice find_initdb(const project::Request& request) {
  if (auto path = alembic::find_command("initdb", "/", request.environment)) {
    return {std::move(*path), "the PATH"};
  }
  // Debian's packages: a folder for each major, not on the PATH.
  const std::string versions = "usr/lib/postgresql";
  const auto entries = base::WorkingTree("/").list(versions);
  std::string best;
  int newest = 0;
  for (const base::Entry& entry : entries.value_or(std::vector<base::Entry>())) {
    int major = 0;
    std::from_chars(entry.name.data(), entry.name.data() + entry.name.size(), major);
    std::string path = fmt::format("/{}/{}/bin/initdb", versions, entry.name);
    if (major > newest && is_executable(path)) {
      newest = major;
      best = std::move(path);
    }
  }
  if (best.empty()) {
    return {"", "no initdb on the PATH or in /usr/lib/postgresql"};
  }
  return {std::move(best), "the newest in /usr/lib/postgresql"};
}

}  // namespace gauger::tools
