#include "alembic/python.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "base/file_tree.hpp"

namespace gauger::alembic {
namespace {

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

Python find_python(const project::Project& project, const Environment& environment) {
  const std::string folder = absolute_folder(project, project.folder);
  const auto& configured = project.settings.database.python;
  if (!configured.empty()) {
    return {.command = configured,
            .why = fmt::format("[database] python in {}", project.settings.source),
            .found = find_command(configured[0], folder, environment).has_value()};
  }
  for (const std::string& parent : upwards(project)) {
    const std::string place = absolute_folder(project, parent);
    for (const Manager& manager : managers) {
      if (is_file(fmt::format("{}/{}", place, manager.lock_file))) {
        return {.command = {std::string(manager.command), "run", "python"},
                .why = fmt::format("{}/{}", place, manager.lock_file),
                .found = find_command(manager.command, folder, environment).has_value(),
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
  const std::string active = value_of(environment, "VIRTUAL_ENV");
  if (std::string python = active + "/bin/python"; !active.empty() && is_executable(python)) {
    return {.command = {std::move(python)}, .why = "VIRTUAL_ENV"};
  }
  if (auto python = find_command("python3", folder, environment)) {
    return {.command = {std::move(*python)},
            .why = "the PATH; no uv.lock, poetry.lock or .venv in the project"};
  }
  return {.why = "no uv.lock, poetry.lock or .venv, and no python3 on the PATH", .found = false};
}

}  // namespace gauger::alembic
