#include "tools/gauger/surroundings.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "base/dsn.hpp"
#include "base/env_file.hpp"
#include "base/file_tree.hpp"
#include "base/json.hpp"

namespace gauger::tools {
namespace {

using Environment = std::map<std::string, std::string>;

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

// The variable of each CI that names the branch a pull request goes to.
struct CiVariable {
  const char* name;
  const char* ci;
};
constexpr std::array<CiVariable, 7> ci_variables{{
    {"GITHUB_BASE_REF", "GitHub Actions"},
    {"CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "GitLab CI"},
    {"BITBUCKET_PR_DESTINATION_BRANCH", "Bitbucket Pipelines"},
    {"SYSTEM_PULLREQUEST_TARGETBRANCH", "Azure Pipelines"},
    {"BUILDKITE_PULL_REQUEST_BASE_BRANCH", "Buildkite"},
    {"DRONE_TARGET_BRANCH", "Drone"},
    {"CHANGE_TARGET", "Jenkins"},
}};

// Under `merge_group` GITHUB_BASE_REF is empty, and the base is in the event.
std::string merge_group_base(const Environment& environment) {
  const std::string file = value_of(environment, "GITHUB_EVENT_PATH");
  if (value_of(environment, "GITHUB_EVENT_NAME") != "merge_group" || !file.starts_with('/')) {
    return {};
  }
  const auto text = base::WorkingTree("/").read(file.substr(1));
  if (!text) {
    return {};
  }
  const auto event = base::parse_json(*text);
  if (!event || !event->is_object()) {
    return {};
  }
  const base::Json group = event->value("merge_group", base::Json::object());
  if (!group.is_object() || !group.contains("base_ref") || !group["base_ref"].is_string()) {
    return {};
  }
  const std::string ref = group["base_ref"].get<std::string>();
  constexpr std::string_view heads = "refs/heads/";
  return ref.starts_with(heads) ? ref.substr(heads.size()) : ref;
}

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

EnvFileChoice read_env_file(const project::Project& project) {
  const project::DatabaseSettings& settings = project.settings.database;
  const std::string why = settings.env_file_required
                              ? fmt::format("[database] env-file in {}", project.settings.source)
                              : "the default";
  if (settings.env_file.empty() || !is_file(settings.env_file)) {
    EnvFileChoice none{.choice = {.why = why}};
    if (settings.env_file_required) {
      none.choice.value = settings.env_file;
      none.problem = "there is no such file";
    }
    return none;
  }
  EnvFileChoice found{.choice = {.value = settings.env_file, .why = why}};
  const auto text = base::WorkingTree("/").read(settings.env_file.substr(1));
  if (!text) {
    found.problem = text.error().message;
    return found;
  }
  base::EnvFile file = base::parse_env_file(*text);
  found.values = std::move(file.values);
  if (!file.unreadable_lines.empty()) {
    found.problem = fmt::format("not understood: line {}", fmt::join(file.unreadable_lines, ", "));
  }
  return found;
}

Choice find_dsn(const project::Project& project, const project::Request& request,
                const EnvFileChoice& env_file) {
  std::vector<std::string> names = project.settings.database.dsn_environment;
  if (names.empty()) {
    names = {project.settings.environment_prefix + "_PG_DSN"};
  }
  for (const std::string& name : names) {
    if (const std::string dsn = value_of(request.environment, name); !dsn.empty()) {
      return {base::mask_dsn(dsn), name + " in the environment"};
    }
  }
  for (const std::string& name : names) {
    if (const std::string dsn = value_of(env_file.values, name); !dsn.empty()) {
      return {base::mask_dsn(dsn), fmt::format("{} in {}", name, env_file.choice.value)};
    }
  }
  return {"", fmt::format("{} is not set", fmt::join(names, " or "))};
}

Choice find_base(const project::Project& project, const project::Request& request,
                 const EnvFileChoice& env_file) {
  const std::string variable = "MIGRATION_BASE_REF";
  if (std::string ref = value_of(request.environment, variable); !ref.empty()) {
    return {std::move(ref), variable + " in the environment"};
  }
  if (std::string ref = value_of(env_file.values, variable); !ref.empty()) {
    return {std::move(ref), fmt::format("{} in {}", variable, env_file.choice.value)};
  }
  if (const auto& base = project.settings.pull_request.base) {
    return {*base, fmt::format("[pull-request] base in {}", project.settings.source)};
  }
  for (const auto& [name, ci] : ci_variables) {
    if (const std::string branch = value_of(request.environment, name); !branch.empty()) {
      constexpr std::string_view heads = "refs/heads/";
      const std::string bare = branch.starts_with(heads) ? branch.substr(heads.size()) : branch;
      return {"origin/" + bare, fmt::format("{} of {}", name, ci)};
    }
  }
  if (const std::string branch = merge_group_base(request.environment); !branch.empty()) {
    return {"origin/" + branch, "the merge_group event of GitHub Actions"};
  }
  return {"origin/main", "the default; no CI names another"};
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
