#include "tools/gauger/surroundings.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

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

bool is_file(const std::string& path) {
  return base::WorkingTree("/").kind(path.substr(1)) == base::EntryKind::file;
}

// As a shell looks a command up; a name with a slash is seen from `folder`.
std::optional<std::string> find_command(std::string_view name, const std::string& folder,
                                        const Environment& environment) {
  if (name.find('/') != std::string_view::npos) {
    std::string path =
        name.starts_with('/') ? std::string(name) : fmt::format("{}/{}", folder, name);
    return is_executable(path) ? std::optional(std::move(path)) : std::nullopt;
  }
  const std::string path = value_of(environment, "PATH");
  std::string_view rest = path;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(':'), rest.size());
    std::string candidate = fmt::format("{}/{}", rest.substr(0, end), name);
    if (rest.starts_with('/') && is_executable(candidate)) {
      return candidate;
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return std::nullopt;
}

std::string absolute_folder(const project::Project& project, std::string_view folder) {
  return folder.empty() ? project.repository_root
                        : fmt::format("{}/{}", project.repository_root, folder);
}

// The project's folder and its parents up to the repository's root, as tree paths.
std::vector<std::string> upwards(const project::Project& project) {
  std::vector<std::string> folders{project.folder};
  while (!folders.back().empty()) {
    folders.emplace_back(base::parent_path(folders.back()));
  }
  return folders;
}

struct Manager {
  std::string_view lock_file;
  std::string_view command;
};
constexpr std::array<Manager, 4> managers{{
    {"uv.lock", "uv"},
    {"poetry.lock", "poetry"},
    {"pdm.lock", "pdm"},
    {"Pipfile.lock", "pipenv"},
}};

}  // namespace

PythonChoice find_python(const project::Project& project, const project::Request& request) {
  const std::string folder = absolute_folder(project, project.folder);
  const auto& configured = project.settings.database.python;
  if (!configured.empty()) {
    return {.command = configured,
            .why = fmt::format("[database] python in {}", project.settings.source),
            .found = find_command(configured[0], folder, request.environment).has_value()};
  }
  for (const std::string& parent : upwards(project)) {
    const std::string place = absolute_folder(project, parent);
    for (const Manager& manager : managers) {
      if (is_file(fmt::format("{}/{}", place, manager.lock_file))) {
        return {.command = {std::string(manager.command), "run", "python"},
                .why = fmt::format("{}/{}", place, manager.lock_file),
                .found = find_command(manager.command, folder, request.environment).has_value(),
                .of_project = true};
      }
    }
    for (const char* name : {".venv", "venv"}) {
      std::string python = fmt::format("{}/{}/bin/python", place, name);
      if (is_executable(python)) {
        return {.command = {std::move(python)},
                .why = "the project's virtual environment",
                .of_project = true};
      }
    }
  }
  const std::string active = value_of(request.environment, "VIRTUAL_ENV");
  if (std::string python = active + "/bin/python"; !active.empty() && is_executable(python)) {
    return {.command = {std::move(python)}, .why = "VIRTUAL_ENV"};
  }
  if (auto python = find_command("python3", folder, request.environment)) {
    return {.command = {std::move(*python)},
            .why = "the PATH; no uv.lock, poetry.lock or .venv in the project"};
  }
  return {.why = "no uv.lock, poetry.lock or .venv, and no python3 on the PATH", .found = false};
}

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
  if (auto path = find_command("initdb", "/", request.environment)) {
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
