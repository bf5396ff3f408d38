#include "tools/gauger/hook.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <memory>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/counted.hpp"
#include "base/glob.hpp"
#include "base/json.hpp"
#include "base/process.hpp"
#include "cli/base_option.hpp"
#include "git/changes.hpp"
#include "git/snapshot.hpp"
#include "project/backups.hpp"
#include "project/environment.hpp"
#include "tools/check-heads/check_heads.hpp"
#include "tools/check-linear-history/check_linear_history.hpp"
#include "tools/gauger/executables.hpp"
#include "tools/gauger/gauger.hpp"
#include "tools/migration-lint/migration_lint.hpp"
#include "tools/pr-migration-count/findings.hpp"
#include "tools/pr-migration-count/pr_migration_count.hpp"
#include "tools/pr-migration-count/pull_request.hpp"

namespace gauger::tools {
namespace {

using base::Result;
using finding::Finding;
using Paths = std::set<std::string>;

constexpr std::string_view no_migration = "schema-change-without-migration";
constexpr std::string_view wrong_date = "date-before-parent";

Paths split(std::string_view text) {
  Paths paths;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\0'), text.size());
    if (end > 0) {
      paths.emplace(text.substr(0, end));
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return paths;
}

// Of the environment, else of the .env; where that cannot be read it says nothing.
bool is_variable_on(const cli::Context& context, const std::string& name) {
  const auto env_file = project::read_env_file(context.project.settings.database);
  return project::is_on(
      project::find_variable(name, context.environment, env_file.value_or(project::Variables{})));
}

class Hook {
 public:
  Hook(const cli::Context& context, git::Repository repository)
      : context_(context), repository_(std::move(repository)) {}

  Result<cli::Outcome> run() {
    if (auto begun = begin(); !begun) {
      return base::failure(std::move(begun.error()));
    }
    // A commit of all that is on disk would delete them.
    if (const auto aside = project::unfinished_backups(context_.project); !aside.empty()) {
      return base::failure(
          {.kind = base::ErrorKind::unreadable,
           .message =
               fmt::format("an interrupted run has set migrations aside in {}", aside.front()),
           .help = "gauger migrate puts them back (an interrupted db-nuke: gauger db-nuke)"});
    }
    if (!concerns_migrations()) {
      return cli::Outcome{.looked_at = "nothing staged that concerns migrations"};
    }
    if (auto judged = judge_schema(); !judged) {
      return base::failure(std::move(judged.error()));
    }
    if (auto judged = judge_branch(); !judged) {
      return base::failure(std::move(judged.error()));
    }
    if (auto checked = check_history(); !checked) {
      return base::failure(std::move(checked.error()));
    }
    if (is_on("MIGRATION_HOOK_STRICT") && outcome_.findings.empty() && outcome_.errors.empty()) {
      run_live("drift");
      run_live("seed-data-check");
    }
    outcome_.looked_at =
        fmt::format("{}, {} of them migrations", base::counted(changes_.size(), "staged file"),
                    staged_revisions().size());
    return std::move(outcome_);
  }

 private:
  [[nodiscard]] bool is_on(std::string_view name) const {
    return is_variable_on(context_, project::prefixed(context_.project.settings, name));
  }

  // HEAD, or before the first commit the empty tree.
  Result<void> begin() {
    auto head = repository_.ask({"rev-parse", "--verify", "--quiet", "HEAD^{commit}"});
    if (!head) {
      return base::failure(std::move(head.error()));
    }
    auto name = head->status == 0 ? repository_.line({"rev-parse", "HEAD^{commit}"})
                                  : repository_.line({"hash-object", "-t", "tree", "/dev/null"});
    if (!name) {
      return base::failure(std::move(name.error()));
    }
    head_ = std::move(*name);
    // A fix is written to disk, where other things may stand than are staged.
    environment_ = context_.environment;
    environment_.erase("MIGRATION_CREATE_DATE_AUTOFIX");
    return read_index();
  }

  Result<void> read_index() {
    auto index = git::Snapshot::of_index(repository_);
    auto changes = git::changes_to_index(repository_, head_, git::Renames::ignore);
    if (!index || !changes) {
      return base::failure(!index ? index.error() : changes.error());
    }
    index_ = std::move(*index);
    changes_ = std::move(*changes);
    return {};
  }

  // What is staged, in place of what is on disk.
  [[nodiscard]] cli::Context staged() const {
    return {context_.project,        *index_,       environment_,
            context_.current_folder, context_.note, context_.detail};
  }

  [[nodiscard]] bool is_schema(const std::string& path) const {
    const auto& globs = context_.project.settings.schema_paths;
    return std::any_of(globs.begin(), globs.end(),
                       [&](const std::string& glob) { return base::glob_match(glob, path); });
  }

  [[nodiscard]] bool is_migration(const std::string& path) const {
    const auto& locations = context_.project.alembic.version_locations;
    return std::any_of(locations.begin(), locations.end(),
                       [&](const std::string& location) { return base::is_below(path, location); });
  }

  [[nodiscard]] bool concerns_migrations() const {
    const project::AlembicSettings& alembic = context_.project.alembic;
    return std::any_of(changes_.begin(), changes_.end(), [&](const git::Change& change) {
      return is_schema(change.path) || is_migration(change.path) ||
             base::is_below(change.path, context_.project.settings.seeds) ||
             base::is_below(change.path, alembic.script_location) || change.path == alembic.ini ||
             change.path == alembic.toml || change.path == context_.project.settings.source;
    });
  }

  // Those that are added or changed.
  [[nodiscard]] std::vector<std::string> staged_revisions() const {
    Paths files;
    for (const project::RevisionFile& file :
         project::revision_files(*index_, context_.project.alembic).files) {
      files.insert(file.path);
    }
    std::vector<std::string> paths;
    for (const git::Change& change : changes_) {
      if (change.kind != git::ChangeKind::deleted && files.contains(change.path)) {
        paths.push_back(change.path);
      }
    }
    return paths;
  }

  [[nodiscard]] cli::Base since_head() const {
    return {repository_, {{"HEAD", "the commit"}, head_, head_, head_}};
  }

  // A commit that changes the schema brings a migration, or mends one.
  Result<void> judge_schema() {
    const auto change = read_pull_request(staged(), since_head(), Against::index);
    if (!change) {
      return base::failure(change.error());
    }
    const auto is_mended = [](const Applied& applied) {
      return applied.kind == Applied::Kind::edited && applied.comparison.edit == Edit::substance;
    };
    const bool has_migration =
        !change->new_migrations.empty() ||
        std::any_of(change->applied_revisions.begin(), change->applied_revisions.end(), is_mended);
    const bool needs_one = !change->schema_differences.empty() &&
                           context_.project.settings.pull_request.min_migrations > 0;
    if (!needs_one || has_migration) {
      take_errors(*change);
      return {};
    }
    if (is_on("AUTO_MIGRATIONS")) {
      return make_migration(change->schema_differences.front().message);
    }
    take_errors(*change);
    for (Finding& finding : judge(staged(), since_head(), *change)) {
      if (finding.rule == no_migration) {
        finding.help = fmt::format(
            "make migration-auto m=\"…\" and stage what it makes; {}=1 lets this hook do that",
            project::prefixed(context_.project.settings, "AUTO_MIGRATIONS"));
        outcome_.findings.push_back(std::move(finding));
      }
    }
    return {};
  }

  void take_errors(const PullRequest& change) {
    outcome_.errors.insert(outcome_.errors.end(), change.errors.begin(), change.errors.end());
  }

  // Files in which the working tree differs from what is staged.
  [[nodiscard]] Result<Paths> unstaged() const {
    const auto listing = repository_.run({"diff", "--name-only", "-z", "--no-renames"});
    const auto untracked = repository_.run({"ls-files", "-z", "--others", "--exclude-standard"});
    if (!listing || !untracked) {
      return base::failure(!listing ? listing.error() : untracked.error());
    }
    Paths paths = split(*listing);
    paths.merge(split(*untracked));
    return paths;
  }

  // The project's Python reads what is on disk: that has to be what is staged.
  [[nodiscard]] Result<void> check_whole(std::string_view what) const {
    const auto paths = unstaged();
    if (!paths) {
      return base::failure(paths.error());
    }
    for (const std::string& path : *paths) {
      if ((is_schema(path) || is_migration(path)) && path.ends_with(".py")) {
        return base::failure(
            {.kind = base::ErrorKind::git,
             .message = fmt::format("{}: {} has changes that are not staged", what, path),
             .help = "stage them, or put them aside with git stash --keep-index"});
      }
    }
    const auto index_file = context_.environment.find("GIT_INDEX_FILE");
    if (index_file != context_.environment.end() &&
        index_file->second.find("next-index") != std::string::npos) {
      return base::failure({.kind = base::ErrorKind::git,
                            .message = fmt::format("{}: this commit is of named files only", what),
                            .help = "git add them, and commit without naming files"});
    }
    return {};
  }

  // Runs a tool of the suite on what is on disk; its report.
  [[nodiscard]] Result<base::Json> run_child(std::string_view tool,
                                             std::vector<std::string> words) const {
    const auto program = find_tool(tool);
    if (!program) {
      return base::failure({.kind = base::ErrorKind::environment,
                            .message = fmt::format("{} is not installed", tool)});
    }
    const project::Project& project = context_.project;
    const std::string folder = project.folder.empty()
                                   ? project.repository_root
                                   : project.repository_root + "/" + project.folder;
    std::vector<std::string> arguments{*program, "--project", folder, "--format", "json"};
    std::move(words.begin(), words.end(), std::back_inserter(arguments));
    const auto done = base::run({.arguments = arguments, .deadline = std::chrono::minutes(30)});
    if (!done) {
      return base::failure(done.error());
    }
    auto report = base::parse_json(done->output);
    if (done->status > 1 || !report) {
      return base::failure({.kind = base::ErrorKind::environment,
                            .message = fmt::format("{} could not do its work", tool),
                            .help = done->errors});
    }
    return *std::move(report);
  }

  static std::vector<std::string> messages(const base::Json& report) {
    std::vector<std::string> lines;
    for (const base::Json& finding : report.value("findings", base::Json::array())) {
      if (finding.value("severity", "") == "error") {
        lines.push_back(
            fmt::format("{}: {}", finding.value("rule", ""), finding.value("message", "")));
      }
    }
    return lines;
  }

  Result<void> make_migration(const std::string& what) {
    if (auto whole = check_whole("no migration can be made"); !whole) {
      return whole;
    }
    context_.note(fmt::format("the schema changes ({}): making a migration", what));
    const auto report = run_child("migration-auto", {"-m", what});
    if (!report) {
      return base::failure(report.error());
    }
    const base::Json summary = report->value("summary", base::Json::object());
    const auto path = summary.find("path");
    if (const auto lines = messages(*report); !lines.empty()) {
      return base::failure(
          {.kind = base::ErrorKind::environment,
           .message = "the migration that was made has findings, and is not staged",
           .help = fmt::format("{}", fmt::join(lines, "\n"))});
    }
    if (path == summary.end() || !path->is_string()) {
      // It may have waited for another commit's hook, which has made it and not staged it.
      if (auto whole = check_whole("the migration has been made meanwhile"); !whole) {
        return whole;
      }
      if (auto read = read_index(); !read) {
        return read;
      }
      context_.note("the models have nothing that the migrations lack");
      return {};
    }
    const std::string& folder = context_.project.folder;
    const auto made = path->get<std::string>();
    return stage({folder.empty() ? made : folder + "/" + made});
  }

  Result<void> stage(const std::vector<std::string>& paths) {
    std::vector<std::string> words{"add", "-A", "--"};
    for (const std::string& path : paths) {
      words.push_back(path);
      context_.note("staged " + path);
    }
    const auto added = repository_.run(words);
    if (!added) {
      return base::failure(added.error());
    }
    return read_index();
  }

  // What the base has is not touched, and the branch does not bring too many.
  Result<void> judge_branch() {
    const auto choice = cli::choose_base(staged(), std::nullopt);
    if (!choice) {
      return base::failure(choice.error());
    }
    const auto base = cli::find_base(staged(), choice->name);
    if (!base) {
      if (choice->is_asked_for && choice->name.source == "MIGRATION_BASE_REF") {
        return base::failure(base.error());
      }
      context_.note(
          fmt::format("what the base has is not known, and so not whether it is edited: "
                      "{}",
                      base.error().message));
      return {};
    }
    auto change = read_pull_request(staged(), *base, Against::index);
    if (!change) {
      return base::failure(std::move(change.error()));
    }
    if (change->new_migrations.size() > 1 && is_on("MIGRATION_HOOK_SQUASH")) {
      return squash(*change);
    }
    for (Finding& finding : judge(staged(), *base, *change)) {
      if (finding.rule != no_migration) {
        outcome_.findings.push_back(std::move(finding));
      }
    }
    return {};
  }

  // Squashing was asked for by the variable, and against the base of MIGRATION_BASE_REF.
  Result<void> squash(const PullRequest& change) {
    if (auto whole = check_whole("nothing can be squashed"); !whole) {
      return whole;
    }
    const auto& last = change.new_migrations.back();
    std::string message = last.revision->header.message;
    const auto report =
        run_child("migration-squash", {"-m", message.empty() ? "squashed" : message});
    if (!report) {
      return base::failure(report.error());
    }
    if (const auto lines = messages(*report); !lines.empty()) {
      return base::failure({.kind = base::ErrorKind::environment,
                            .message = "the migrations cannot be squashed without a loss",
                            .help = fmt::format("{}", fmt::join(lines, "\n"))});
    }
    std::vector<std::string> paths = context_.project.alembic.version_locations;
    if (index_->kind(context_.project.settings.seeds)) {
      paths.push_back(context_.project.settings.seeds);
    }
    return stage(paths);
  }

  Result<void> check_history() {
    MigrationLintOptions lint;
    for (const std::string& path : staged_revisions()) {
      lint.files.push_back(context_.project.repository_root + "/" + path);
    }
    if (!lint.files.empty()) {
      add(make_migration_lint(lint));
    }
    CheckHeadsOptions heads;
    add(make_check_heads(heads));
    const std::size_t before = outcome_.findings.size();
    CheckLinearHistoryOptions order;
    add(make_check_linear_history(order));
    const bool is_misdated = std::any_of(
        outcome_.findings.begin() + static_cast<std::ptrdiff_t>(before), outcome_.findings.end(),
        [](const Finding& each) { return each.rule == wrong_date; });
    if (!is_misdated || !is_variable_on(context_, "MIGRATION_CREATE_DATE_AUTOFIX")) {
      return {};
    }
    outcome_.findings.resize(before);
    if (auto fixed = fix_dates(); !fixed) {
      return fixed;
    }
    add(make_check_linear_history(order));
    return {};
  }

  // On disk, and then staged: only where the two are the same.
  Result<void> fix_dates() {
    if (auto whole = check_whole("the dates cannot be mended"); !whole) {
      return whole;
    }
    const auto report = run_child("check-linear-history", {"--fix=dates"});
    const auto paths = unstaged();
    if (!report || !paths) {
      return base::failure(!report ? report.error() : paths.error());
    }
    std::vector<std::string> fixed;
    std::copy_if(
        paths->begin(), paths->end(), std::back_inserter(fixed),
        [&](const std::string& path) { return is_migration(path) && path.ends_with(".py"); });
    return fixed.empty() ? Result<void>{} : stage(fixed);
  }

  void add(const cli::Tool& tool) {
    auto found = tool.run(staged());
    if (!found) {
      outcome_.errors.push_back(std::move(found.error()));
      return;
    }
    std::move(found->findings.begin(), found->findings.end(),
              std::back_inserter(outcome_.findings));
    std::move(found->errors.begin(), found->errors.end(), std::back_inserter(outcome_.errors));
  }

  void run_live(std::string_view tool) {
    if (auto whole = check_whole(fmt::format("{} looks at what is on disk", tool)); !whole) {
      outcome_.errors.push_back(std::move(whole.error()));
      return;
    }
    context_.note(fmt::format("{}", tool));
    const auto report = run_child(tool, {});
    if (!report) {
      outcome_.errors.push_back(report.error());
      return;
    }
    for (const base::Json& each : report->value("findings", base::Json::array())) {
      if (each.value("severity", "") == "error") {
        outcome_.findings.push_back({.rule = each.value("rule", ""),
                                     .message = each.value("message", ""),
                                     .help = each.value("help", "")});
      }
    }
  }

  const cli::Context& context_;
  git::Repository repository_;
  std::string head_;
  std::map<std::string, std::string> environment_;
  std::unique_ptr<git::Snapshot> index_;
  std::vector<git::Change> changes_;
  cli::Outcome outcome_;
};

Result<cli::Outcome> check_staged(const cli::Context& context) {
  if (is_variable_on(context, "SKIP_GIT_MIGRATION_HOOK")) {
    return cli::Outcome{.looked_at = "skipped, by SKIP_GIT_MIGRATION_HOOK", .configured = false};
  }
  auto repository = git::Repository::open(context.project.repository_root, context.environment,
                                          context.current_folder);
  if (!repository) {
    return base::failure(std::move(repository.error()));
  }
  return Hook(context, *std::move(repository)).run();
}

}  // namespace

cli::Tool make_hook(HookOptions& options) {
  CheckHeadsOptions heads;
  CheckLinearHistoryOptions order;
  MigrationLintOptions lint;
  PrMigrationCountOptions count;
  options.rules.clear();
  for (const cli::Tool& tool : {make_migration_lint(lint), make_check_heads(heads),
                                make_check_linear_history(order), make_pr_migration_count(count)}) {
    options.rules.insert(options.rules.end(), tool.rules.begin(), tool.rules.end());
  }
  return {.name = "gauger hook",
          .summary = "Is what is staged in order, as far as migrations go?",
          .rules = options.rules,
          .run = check_staged};
}

int run_hook(int argc, const char* const* argv) {
  HookOptions options;
  return cli::run_tool(argc, argv, make_hook(options));
}

}  // namespace gauger::tools
