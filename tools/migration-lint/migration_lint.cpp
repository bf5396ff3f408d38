#include "tools/migration-lint/migration_lint.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/counted.hpp"
#include "base/edit.hpp"
#include "base/encoding.hpp"
#include "base/executable.hpp"
#include "base/hash.hpp"
#include "base/hashing_tree.hpp"
#include "base/nearest.hpp"
#include "branch/merged_history.hpp"
#include "cli/base_option.hpp"
#include "engine/lint.hpp"
#include "git/changes.hpp"
#include "history/graph.hpp"
#include "history/history.hpp"
#include "history/read.hpp"
#include "migration/migration.hpp"
#include "project/migration_environment.hpp"
#include "rules/catalog.hpp"
#include "tools/migration-lint/application.hpp"
#include "tools/migration-lint/cache.hpp"
#include "tools/migration-lint/fixing.hpp"
#include "tools/migration-lint/linting.hpp"

namespace gauger::tools {
namespace {

std::span<const finding::RuleInfo> rule_infos() {
  struct Infos {
    std::vector<std::string> claims;  // what `all` has views of
    std::vector<finding::RuleInfo> all;
  };
  static const Infos infos = [] {
    Infos made;
    for (const engine::Rule* rule : rules::catalog()) {
      made.claims.push_back(engine::display(rule->claim));
      made.all.push_back(rule->info);
    }
    for (std::size_t i = 0; i < made.all.size(); ++i) {
      made.all[i].claim = made.claims[i];
    }
    return made;
  }();
  return infos.all;
}

class Walk {
 public:
  Walk(const cli::Context& context, const MigrationLintOptions& options)
      : context_(context),
        options_(options),
        settings_(context.project.settings.lint),
        tree_(context.tree) {}

  base::Result<cli::Outcome> run() {
    auto selected = engine::select(rules::catalog(), settings_);
    if (!selected) {
      base::Error error = std::move(selected.error());
      error.path = context_.project.settings.source;
      return base::failure(std::move(error));
    }
    rules_ = std::move(*selected);
    if (auto known = check_wrappers(); !known) {
      return base::failure(std::move(known.error()));
    }
    auto reading = history::read_revisions(tree_, context_.project.alembic);
    outcome_.errors = std::move(reading.errors);
    if (!reading.not_entered.empty()) {
      context_.note(project::not_entered_note(context_.project, reading.not_entered));
    }
    const history::History history(std::move(reading.revisions),
                                   context_.project.settings.history.external);
    run_.environment = project::read_migration_environment(context_.tree, context_.project.alembic);
    if (auto known = find_unreleased(history); !known) {
      return base::failure(std::move(known.error()));
    }
    auto items = choose(history);
    if (!items) {
      return base::failure(std::move(items.error()));
    }
    lint(history, *items);
    if (options_.application) {
      ApplicationResult found = lint_application(context_.tree, context_.project.settings, rules_);
      application_files_ = found.files;
      std::move(found.findings.begin(), found.findings.end(),
                std::back_inserter(outcome_.findings));
      std::move(found.errors.begin(), found.errors.end(), std::back_inserter(outcome_.errors));
    }
    if (options_.fix) {
      if (auto fixed = fix(history); !fixed) {
        return base::failure(std::move(fixed.error()));
      }
    }
    summarize(items->size(), history.size());
    if (history.size() == 0 && outcome_.errors.empty()) {
      outcome_.configured = false;
      outcome_.looked_at = "there is no revision in the version locations";
    }
    return std::move(outcome_);
  }

 private:
  // A helper that stands for nothing would hide what it does.
  [[nodiscard]] base::Result<void> check_wrappers() const {
    const std::vector<std::string_view> names = migration::operation_names();
    for (const auto& [helper, operation] : settings_.wrappers) {
      if (std::find(names.begin(), names.end(), operation) == names.end()) {
        const auto meant = base::nearest(operation, std::span<const std::string_view>(names));
        return base::failure(
            {.kind = base::ErrorKind::configuration,
             .message = fmt::format("[lint] wrappers: '{}' stands for '{}', which is no operation "
                                    "of Alembic's",
                                    helper, operation),
             .path = context_.project.settings.source,
             .help = meant ? fmt::format("did you mean '{}'?", *meant)
                           : "it takes names such as drop_column"});
      }
    }
    return {};
  }

  // With --base: what the base does not have, and what was changed since the branch parted from it.
  base::Result<void> find_unreleased(const history::History& history) {
    if (!options_.base) {
      return {};
    }
    const auto choice = cli::choose_base(context_, options_.base);
    if (!choice) {
      return base::failure(choice.error());
    }
    const auto base = cli::find_base(context_, choice->name);
    if (!base) {
      return base::failure(base.error());
    }
    auto own = branch::own_revisions(context_.project, context_.tree, history, base->repository,
                                     base->point);
    if (!own) {
      return base::failure(std::move(own.error()));
    }
    run_.unreleased = *std::move(own);
    const auto changes = git::changes_to_working_tree(base->repository, base->point.merge_base,
                                                      git::Renames::ignore);
    if (!changes) {
      return base::failure(changes.error());
    }
    for (const git::Change& change : *changes) {
      changed_.insert(change.path);
    }
    return {};
  }

  // The revisions that are looked at.
  base::Result<std::vector<Item>> choose(const history::History& history) {
    std::vector<Item> items;
    const auto add = [&](history::Index index) {
      const history::Revision& revision = history[index];
      items.push_back({revision.path,
                       {.id = revision.id,
                        .is_merge = revision.down_revisions.size() > 1,
                        .index = index,
                        .is_head = history.children(index).empty()}});
    };
    if (!options_.files.empty()) {
      std::set<history::Index> named;
      for (const std::string& file : options_.files) {
        const std::string path = tree_path(file);
        const auto& revisions = history.revisions();
        const auto it = std::find_if(revisions.begin(), revisions.end(),
                                     [&](const auto& each) { return each.path == path; });
        const bool failed = std::any_of(outcome_.errors.begin(), outcome_.errors.end(),
                                        [&](const auto& error) { return error.path == path; });
        if (it != revisions.end()) {
          named.insert(static_cast<history::Index>(it - revisions.begin()));
        } else if (!failed) {
          return base::failure(
              {.kind = base::ErrorKind::usage,
               .message = fmt::format("{} is not one of the project's revision files", file),
               .help =
                   "the version locations are: " +
                   fmt::format("{}", fmt::join(context_.project.alembic.version_locations, ", "))});
        }
      }
      std::for_each(named.begin(), named.end(), add);
      std::erase_if(outcome_.errors, [&](const base::Error& error) {
        return std::none_of(options_.files.begin(), options_.files.end(),
                            [&](const auto& file) { return tree_path(file) == error.path; });
      });
      return items;
    }
    history::RevisionSet skipped(history.size());
    const auto& [name, key] = options_.since ? std::pair(options_.since, "--since")
                                             : std::pair(settings_.baseline, "[lint] baseline");
    if (name) {
      auto index = history.resolve(*name);
      if (!index) {
        base::Error error = std::move(index.error());
        error.message = fmt::format("{}: {}", key, error.message);
        if (!options_.since) {
          error.kind = base::ErrorKind::configuration;
          error.path = context_.project.settings.source;
        }
        return base::failure(std::move(error));
      }
      const history::Index from[] = {*index};
      const auto below =
          history::ancestors(history, from, history::Follow::down_revisions_and_dependencies);
      for (history::Index i = 0; i < history.size(); ++i) {
        skipped[i] = skipped[i] || below[i];
      }
    }
    const bool all = !options_.base;
    for (history::Index i = 0; i < history.size(); ++i) {
      if (!skipped[i] && (all || run_.unreleased[i] || changed_.contains(history[i].path))) {
        add(i);
      }
    }
    return items;
  }

  // A path on the command line, which is relative to the current folder, as a path in the tree.
  [[nodiscard]] std::string tree_path(const std::string& file) const {
    std::string absolute = file.starts_with('/') ? file : context_.current_folder + "/" + file;
    const std::string normal = "/" + base::join_path("", absolute).value_or("");
    const std::string& root = context_.project.repository_root;
    const std::string prefix = root == "/" ? root : root + "/";
    return normal.starts_with(prefix) ? normal.substr(prefix.size()) : normal;
  }

  [[nodiscard]] std::string cache_folder() const {
    if (options_.no_cache || options_.fix) {
      return {};
    }
    std::string top;
    if (options_.cache_folder) {
      top = options_.cache_folder->starts_with('/')
                ? *options_.cache_folder
                : context_.current_folder + "/" + *options_.cache_folder;
    } else if (const auto xdg = context_.environment.find("XDG_CACHE_HOME");
               xdg != context_.environment.end() && xdg->second.starts_with('/')) {
      top = xdg->second + "/gauger";
    } else if (const auto home = context_.environment.find("HOME");
               home != context_.environment.end() && home->second.starts_with('/')) {
      top = home->second + "/.cache/gauger";
    } else {
      return {};
    }
    const std::string place = context_.project.repository_root + "\n" + context_.project.folder;
    return top + "/" + base::content_hash(place);
  }

  // All that findings depend on beside the files that are read: the executable and the settings.
  [[nodiscard]] std::string cache_key() const {
    std::string key = base::executable_id();
    for (const engine::Rule* rule : rules_) {
      key += fmt::format(" {}", rule->info.id);
    }
    key += fmt::format(" scope={} reason={} postgresql={}", static_cast<int>(settings_.tag_scope),
                       settings_.require_reason, settings_.postgres_version);
    for (const auto& [name, operation] : settings_.wrappers) {
      key += fmt::format(" {}={}", name, operation);
    }
    for (const std::string& root : context_.project.alembic.import_folders) {
      key += " root=" + root;
    }
    const project::MigrationEnvironment& environment = run_.environment;
    for (const auto& each : {environment.transaction_per_migration, environment.own_transaction}) {
      key += each ? (*each ? " yes" : " no") : " ?";
    }
    key += fmt::format(" timeouts={}{}", environment.sets_lock_timeout,
                       environment.sets_statement_timeout);
    return base::content_hash(key);
  }

  void lint(const history::History& history, const std::vector<Item>& items) {
    LintCache cache(cache_folder(), cache_key(), context_.tree);
    LintResult result = lint_revisions({.tree = tree_,
                                        .import_folders = context_.project.alembic.import_folders,
                                        .settings = settings_,
                                        .rules = rules_,
                                        .run = run_,
                                        .history = history,
                                        .items = items},
                                       cache);
    for (FileResult& file : result.files) {
      operations_ += file.operations;
      std::move(file.opaque.begin(), file.opaque.end(), std::back_inserter(opaque_));
      std::move(file.findings.begin(), file.findings.end(), std::back_inserter(outcome_.findings));
    }
    for (base::Error& error : result.errors) {
      std::erase_if(outcome_.errors,
                    [&](const base::Error& known) { return known.path == error.path; });
      outcome_.errors.push_back(std::move(error));
    }
    if (const auto saved = cache.save(); !saved) {
      context_.detail(fmt::format("the cache was not kept: {}", saved.error().message));
    }
  }

  // The files that must not be mended: of revisions that databases may have run already.
  [[nodiscard]] base::Result<std::set<std::string>> applied_files(
      const history::History& history) const {
    std::set<std::string> files;
    if (options_.fix_applied) {
      return files;
    }
    const auto choice = cli::choose_base(context_, options_.base);
    if (!choice) {
      return base::failure(choice.error());
    }
    const auto own = cli::own_revisions(context_, *choice, history);
    if (!own) {
      return base::failure(own.error());
    }
    for (history::Index i = 0; *own && i < history.size(); ++i) {
      if (!(**own)[i]) {
        files.insert(history[i].path);
      }
    }
    return files;
  }

  // Mends what has a fix, and looks again.
  base::Result<void> fix(const history::History& history) {
    const auto applied = applied_files(history);
    if (!applied) {
      return base::failure(applied.error());
    }
    const auto is_left_alone = [&](const finding::Finding& each) {
      return !each.fix.empty() && applied->contains(each.path);
    };
    if (std::any_of(outcome_.findings.begin(), outcome_.findings.end(), is_left_alone)) {
      context_.note(
          "the base has some of the revisions that could be mended, and they are left "
          "alone; --fix-applied mends them, too");
    }
    MigrationLintOptions again = options_;
    again.fix = false;
    again.no_cache = true;
    const auto silent = [](std::string_view) {};
    auto fixes =
        choose_fixes(outcome_.findings, *applied, context_.tree, [&](const base::FileTree& tree) {
          const cli::Context trial{context_.project,        tree,   context_.environment,
                                   context_.current_folder, silent, silent};
          return Walk(trial, again).run();
        });
    if (!fixes) {
      return base::failure(std::move(fixes.error()));
    }
    if (fixes->refused > 0) {
      context_.note(fmt::format("{} left as they were: what was found would still be there",
                                base::counted(fixes->refused, "edit")));
    }
    for (const auto& [path, file] : fixes->files) {
      context_.note(base::unified_diff(path, file.source.text, file.edits));
      if (auto written = base::write_file(context_.project.repository_root, path, file.bytes);
          !written) {
        return written;
      }
    }
    if (fixes->files.empty()) {
      return {};
    }
    auto outcome = Walk(context_, again).run();
    if (!outcome) {
      return base::failure(std::move(outcome.error()));
    }
    outcome_ = std::move(*outcome);
    fixed_ = fixes->files.size();
    return {};
  }

  void summarize(std::size_t linted, std::size_t all) {
    if (fixed_ > 0) {
      outcome_.looked_at += fmt::format("; {} mended", base::counted(fixed_, "file"));
      return;
    }
    outcome_.looked_at =
        fmt::format("{} of {}, {}; {} not understood", linted, base::counted(all, "revision"),
                    base::counted(operations_, "operation"), opaque_.size());
    if (options_.application) {
      outcome_.looked_at +=
          context_.project.settings.startup_paths.empty()
              ? "; startup-paths is not configured"
              : fmt::format("; {} of the application", base::counted(application_files_, "file"));
      outcome_.summary["application_files"] = application_files_;
    }
    outcome_.summary["revisions"] = linted;
    outcome_.summary["operations"] = operations_;
    outcome_.summary["opaque_operations"] = opaque_.size();
    base::Json& listed = outcome_.summary["opaque"] = base::Json::array();
    for (const OpaqueOperation& each : opaque_) {
      const std::string path = project::relative_to_project(context_.project, each.path);
      listed.push_back({{"path", path},
                        {"line", each.position.line},
                        {"column", each.position.column},
                        {"reason", each.reason}});
      context_.detail(fmt::format("{}:{}:{}: not understood: {}", path, each.position.line,
                                  each.position.column, each.reason));
    }
  }

  const cli::Context& context_;
  const MigrationLintOptions& options_;
  const project::LintSettings& settings_;
  base::HashingTree tree_;  // of the revisions as their identifiers were read
  std::vector<const engine::Rule*> rules_;
  engine::Run run_;
  std::set<std::string> changed_;  // tree paths, since the base
  cli::Outcome outcome_;
  std::size_t operations_ = 0;
  std::vector<OpaqueOperation> opaque_;
  std::size_t fixed_ = 0;
  std::size_t application_files_ = 0;
};

}  // namespace

cli::Tool make_migration_lint(MigrationLintOptions& options) {
  return {.name = "migration-lint",
          .summary = "Does what the migrations do follow the team's policy?",
          .rules = rule_infos(),
          .flags = {{.name = "files",
                     .value_name = "FILE",
                     .help = "revision files to look at; all after the baseline when none is named",
                     .target = &options.files},
                    {.name = "--since",
                     .value_name = "REV",
                     .help = "only revisions that are not REV or its ancestors",
                     .target = &options.since},
                    {.name = "--fix",
                     .help = "mend what a rule can mend, show the edit, and look again",
                     .target = &options.fix},
                    cli::base_flag(options.base,
                                   "only the revisions that the pull request adds to REV or "
                                   "changes; tables that they make are new to all of them"),
                    {.name = "--application",
                     .help = "look at the application's code (startup-paths), too",
                     .target = &options.application},
                    {.name = "--fix-applied",
                     .help = "with --fix: mend revisions that the base has, too",
                     .target = &options.fix_applied},
                    {.name = "--no-cache",
                     .help = "neither use nor keep results of earlier runs",
                     .target = &options.no_cache},
                    {.name = "--cache-dir",
                     .value_name = "DIR",
                     .help = "where results are kept (default: gauger in XDG_CACHE_HOME, or in "
                             "~/.cache)",
                     .target = &options.cache_folder}},
          .run = [&options](const cli::Context& context) { return Walk(context, options).run(); }};
}

}  // namespace gauger::tools
