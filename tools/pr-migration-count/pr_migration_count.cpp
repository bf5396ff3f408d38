#include "tools/pr-migration-count/pr_migration_count.hpp"

#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/counted.hpp"
#include "cli/base_option.hpp"
#include "tools/pr-migration-count/findings.hpp"
#include "tools/pr-migration-count/pull_request.hpp"

namespace gauger::tools {
namespace {

std::size_t count(const std::vector<Applied>& applied, Applied::Kind kind) {
  std::size_t result = 0;
  for (const Applied& each : applied) {
    result += each.kind == kind ? 1U : 0U;
  }
  return result;
}

// The schema files in which something of the schema differs.
std::set<std::string> differing_files(const PullRequest& pull_request) {
  std::set<std::string> files;
  for (const models::Difference& difference : pull_request.schema_differences) {
    files.insert(difference.path);
  }
  return files;
}

std::string looked_at(const cli::Context& context, const cli::Base& base,
                      const PullRequest& pull_request) {
  std::string text = fmt::format("since {}, from {}: ", base.point.merge_base.substr(0, 12),
                                 git::shown_name(base.point.base));
  if (!context.project.settings.schema_paths.empty()) {
    text += fmt::format("{} changed, {} in the schema; ",
                        base::counted(pull_request.changed_schema_files, "schema file"),
                        differing_files(pull_request).size());
  }
  text += base::counted(pull_request.new_migrations.size(), "new migration");
  if (context.project.settings.schema_paths.empty()) {
    text += "; schema-paths is not configured, only the history was compared";
  }
  return text;
}

base::Json summary_of(const cli::Context& context, const cli::Base& base,
                      const PullRequest& pull_request) {
  base::Json files = base::Json::array();
  for (const std::string& path : differing_files(pull_request)) {
    files.push_back(project::relative_to_project(context.project, path));
  }
  base::Json changes = base::Json::array();
  for (const models::Difference& difference : pull_request.schema_differences) {
    changes.push_back(difference.message);
  }
  base::Json migrations = base::Json::array();
  for (const RevisionVersion& version : pull_request.new_migrations) {
    migrations.push_back(version.revision->id);
  }
  base::Json summary = base::Json::object();
  summary["base"] = base.point.base.name;
  summary["base_source"] = base.point.base.source;
  summary["merge_base"] = base.point.merge_base;
  summary["schema_files_touched"] = pull_request.changed_schema_files;
  summary["changed_schema_files"] = std::move(files);
  summary["schema_changes"] = std::move(changes);
  summary["new_migrations"] = std::move(migrations);
  summary["edited_migrations"] = count(pull_request.applied_revisions, Applied::Kind::edited);
  summary["deleted_migrations"] = count(pull_request.applied_revisions, Applied::Kind::deleted);
  summary["edited_seed_scripts"] = pull_request.seed_scripts.size();
  return summary;
}

// The base is there, and what it has in common with HEAD is not: a check that could not be made,
// and not one that nobody wants.
bool lacks_past(const cli::Context& context, const git::BaseName& base) {
  const auto repository = git::Repository::open(context.project.repository_root,
                                                context.environment, context.current_folder);
  return repository && git::is_shallow(*repository) && git::find_commit(*repository, base.name);
}

base::Result<cli::Outcome> run(const cli::Context& context,
                               const PrMigrationCountOptions& options) {
  const auto choice = cli::choose_base(context, options.base);
  if (!choice) {
    return base::failure(choice.error());
  }
  const auto base = cli::find_base(context, choice->name);
  if (!base) {
    if (options.missing_base == MissingBase::is_not_configured && !choice->is_asked_for &&
        !lacks_past(context, choice->name)) {
      return cli::Outcome{.looked_at = base.error().message, .configured = false};
    }
    return base::failure(base.error());
  }
  context.detail(fmt::format("the base is {}, by {}", choice->name.name, choice->name.source));
  auto pull_request = read_pull_request(context, *base, Against::working_tree);
  if (!pull_request) {
    return base::failure(std::move(pull_request.error()));
  }
  return cli::Outcome{.findings = judge(context, *base, *pull_request),
                      .errors = pull_request->errors,
                      .looked_at = looked_at(context, *base, *pull_request),
                      .summary = summary_of(context, *base, *pull_request)};
}

}  // namespace

cli::Tool make_pr_migration_count(PrMigrationCountOptions& options) {
  return {.name = "pr-migration-count",
          .summary = "Does the pull request bring the one migration that it needs?",
          .rules = pr_migration_count_rules(),
          .flags = {cli::base_flag(options.base,
                                   "the branch that this one will be merged into (default: "
                                   "MIGRATION_BASE_REF, [pull-request] base, the CI's base "
                                   "branch, else origin/main)")},
          .run = [&options](const cli::Context& context) { return run(context, options); }};
}

}  // namespace gauger::tools
