// `gauger projects`: the Alembic projects of a repository that has several, as a list or as a
// matrix for GitHub's runners; all of them, or those that a pull request touches.
#include "project/projects.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/counted.hpp"
#include "base/escape.hpp"
#include "base/file_tree.hpp"
#include "base/glob.hpp"
#include "base/json.hpp"
#include "cli/run_command.hpp"
#include "git/changes.hpp"
#include "git/commits.hpp"
#include "git/repository.hpp"
#include "project/paths.hpp"
#include "tools/gauger/gauger.hpp"

namespace gauger::tools {
namespace {

using base::Result;
using project::Project;

// GitHub refuses a matrix with more jobs.
constexpr std::size_t most_jobs = 256;

struct ProjectsOptions {
  std::optional<std::string> base;
  std::vector<std::string> excluded;
  std::string format = "text";
};

struct Listed {
  std::string folder;             // seen from the repository's root, or where there is none, from
                                  // the folder that was asked for; "." is that one itself
  std::string ini;                // likewise
  std::string touched_by;         // a path; empty without --base
  std::size_t changed_files = 0;  // how many such paths there are
};

std::string seen_from(const std::string& root, const Project& project, const std::string& path) {
  const std::string absolute = project::absolute_path(project.repository_root, path);
  const std::string shown = project::path_below(root, absolute).value_or(absolute);
  return shown.empty() ? "." : shown;
}

bool is_in(const std::string& folder, const std::string& path) {
  return folder.empty() || path == folder ||
         (path.starts_with(folder) && path[folder.size()] == '/');
}

// Whether a check of the project could come to another result for a change of this file. Python
// that is imported from elsewhere in the repository is known by the ini's prepend_sys_path only:
// the root itself is a folder of imports of every project, and would make all changes everybody's.
bool concerns(const Project& project, const std::string& path) {
  const project::Settings& settings = project.settings;
  const auto contains = [&](const std::string& folder) { return is_in(folder, path); };
  const auto matches = [&](const std::string& glob) { return base::glob_match(glob, path); };
  const project::AlembicSettings& alembic = project.alembic;
  return contains(project.folder) || path == settings.source || path == alembic.ini ||
         path == alembic.toml || contains(settings.seeds) || contains(alembic.script_location) ||
         std::any_of(alembic.version_locations.begin(), alembic.version_locations.end(),
                     contains) ||
         std::any_of(alembic.import_folders.begin(), alembic.import_folders.end(),
                     [&](const std::string& folder) {
                       return !is_in(folder, project.folder) && contains(folder);
                     }) ||
         std::any_of(settings.schema_paths.begin(), settings.schema_paths.end(), matches) ||
         std::any_of(settings.startup_paths.begin(), settings.startup_paths.end(), matches);
}

// The files that differ from where this branch parts from its base, as they lie on disk.
Result<std::vector<std::string>> changed_paths(const project::Request& request,
                                               const std::string& root, const std::string& base) {
  auto repository = git::Repository::open(root, request.environment, request.current_folder);
  if (!repository) {
    return base::failure(std::move(repository.error()));
  }
  auto point = git::find_base_point(*repository, {.name = base, .source = "--base"});
  if (!point) {
    return base::failure(std::move(point.error()));
  }
  const auto changes =
      git::changes_to_working_tree(*repository, point->merge_base, git::Renames::ignore);
  if (!changes) {
    return base::failure(changes.error());
  }
  std::vector<std::string> paths;
  paths.reserve(changes->size());
  for (const git::Change& change : *changes) {
    paths.push_back(change.path);
  }
  return paths;
}

std::string text_of(const std::vector<Listed>& projects) {
  std::string text;
  for (const Listed& each : projects) {
    text += fmt::format("{} ({})", base::escape(each.folder), base::escape(each.ini));
    if (!each.touched_by.empty()) {
      text += fmt::format(": {}", base::escape(each.touched_by));
      if (each.changed_files > 1) {
        text += fmt::format(" and {} more", each.changed_files - 1);
      }
    }
    text += '\n';
  }
  return text;
}

base::Json entry_of(const Listed& each) { return {{"project", each.folder}, {"ini", each.ini}}; }

Result<std::string> written(const std::vector<Listed>& projects, const std::string& format) {
  if (format == "text") {
    return text_of(projects);
  }
  base::Json entries = base::Json::array();
  for (const Listed& each : projects) {
    entries.push_back(entry_of(each));
  }
  if (format == "json") {
    return base::dump(base::Json{{"projects", std::move(entries)}}, base::JsonLayout::indented) +
           "\n";
  }
  if (projects.size() > most_jobs) {
    return base::failure(
        {.kind = base::ErrorKind::configuration,
         .message = fmt::format("{} projects are more than the {} jobs that GitHub allows a matrix",
                                projects.size(), most_jobs),
         .help = "list those of a part of the repository by --project DIR, or those that the pull "
                 "request touches by --base REF"});
  }
  return base::dump(base::Json{{"include", std::move(entries)}}, base::JsonLayout::compact) + "\n";
}

Result<cli::CommandOutcome> list_projects(const cli::CommandContext& context,
                                          const ProjectsOptions& options) {
  const project::Request& request = context.request;
  const std::string asked =
      project::absolute_path(request.current_folder, request.project_folder.value_or("."));
  const auto start = base::canonical_path(asked);
  if (!start || !project::is_folder(*start)) {
    return base::failure({.kind = base::ErrorKind::usage,
                          .message = "there is no such folder",
                          .path = asked,
                          .help = "--project takes the folder to look in and below"});
  }
  project::Projects found = project::find_projects(request, *start, options.excluded);
  if (found.projects.empty() && found.errors.empty()) {
    return base::failure({.kind = base::ErrorKind::configuration,
                          .message = "no alembic.ini in this folder or below it",
                          .path = *start});
  }
  const std::string root = project::find_repository(*start).value_or(*start);
  std::vector<std::string> changed;
  if (options.base) {
    auto paths = changed_paths(request, root, *options.base);
    if (!paths) {
      return base::failure(std::move(paths.error()));
    }
    changed = *std::move(paths);
  }
  std::vector<Listed> listed;
  for (const Project& project : found.projects) {
    Listed each{.folder = seen_from(root, project, project.folder),
                .ini = seen_from(root, project, project.alembic.ini)};
    // What changed in a submodule is in another repository, so that its projects are always listed.
    if (options.base && project.repository_root == root) {
      for (const std::string& path : changed) {
        if (concerns(project, path)) {
          each.touched_by = each.changed_files == 0 ? path : each.touched_by;
          ++each.changed_files;
        }
      }
      if (each.changed_files == 0) {
        continue;
      }
    }
    listed.push_back(std::move(each));
  }
  std::sort(listed.begin(), listed.end(),
            [](const Listed& a, const Listed& b) { return a.folder < b.folder; });
  auto text = written(listed, options.format);
  if (!text) {
    return base::failure(std::move(text.error()));
  }
  context.note(options.base ? fmt::format("{} of {} projects are touched since {}", listed.size(),
                                          found.projects.size(), *options.base)
                            : base::counted(listed.size(), "project"));
  return cli::CommandOutcome{.text = *std::move(text), .errors = std::move(found.errors)};
}

}  // namespace

int run_projects(int argc, const char* const* argv) {
  ProjectsOptions options;
  const cli::Command command{
      .name = "gauger projects",
      .summary = "Which Alembic projects are in this folder and below it?",
      .flags = {{.name = "--base",
                 .value_name = "REF",
                 .help = "Only those that differ from where this branch parts from REF",
                 .target = &options.base},
                {.name = "--exclude",
                 .value_name = "GLOB",
                 .help = "Leave out the folders that match, seen from the one that is looked in; "
                         "may be given several times",
                 .target = &options.excluded},
                {.name = "--format",
                 .help = "Format of the list (default: text); matrix: for a job of GitHub Actions",
                 .target = &options.format,
                 .choices = {"text", "json", "matrix"}}},
      .run = [&](const cli::CommandContext& context) { return list_projects(context, options); }};
  return cli::run_command(argc, argv, command);
}

}  // namespace gauger::tools
