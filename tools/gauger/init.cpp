// `gauger init`: a gauger.toml with which an old project starts clean.
#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "alembic/python.hpp"
#include "base/edit.hpp"
#include "base/escape.hpp"
#include "base/file_tree.hpp"
#include "cli/run_command.hpp"
#include "history/graph.hpp"
#include "history/history.hpp"
#include "history/read.hpp"
#include "project/project.hpp"
#include "rules/catalog.hpp"
#include "tools/gauger/gauger.hpp"
#include "tools/gauger/python_files.hpp"
#include "tools/gauger/settings_text.hpp"
#include "tools/gauger/surroundings.hpp"

namespace gauger::tools {
namespace {

using base::Result;
using cli::CommandOutcome;

struct InitOptions {
  bool force = false;
  bool no_baseline = false;
};

std::string relative(const project::Project& project, const std::string& path) {
  return project::relative_to_project(project, path);
}

// Several heads have no common baseline, so somebody has to decide.
CommandOutcome refuse_heads(const project::Project& project, const history::History& history) {
  std::string text = fmt::format(
      "gauger init: the history has {} heads, so there is no one revision for a baseline; nothing "
      "was written\n",
      history.heads().size());
  for (const history::Index head : history.heads()) {
    text += fmt::format("  {} ({})\n", base::escape(history[head].id),
                        base::escape(relative(project, history[head].path)));
  }
  return {.text = text +
                  "help: make it one head (`gauger check-heads` shows how), or write the file "
                  "without a baseline: gauger init --no-baseline\n",
          .status = 1};
}

bool is_found_without(const project::Project& project, const std::string& ini) {
  const std::string_view folder = base::parent_path(ini);
  return folder == project.folder && base::file_name(ini) == "alembic.ini";
}

std::vector<finding::RuleInfo> optional_rules() {
  std::vector<finding::RuleInfo> rules;
  for (const engine::Rule* rule : rules::catalog()) {
    if (!rule->info.enabled_by_default) {
      rules.push_back(rule->info);
    }
  }
  return rules;
}

class Initialization {
 public:
  Initialization(project::Project project, const project::Request& request, InitOptions options)
      : project_(std::move(project)),
        options_(options),
        tree_(project_.repository_root),
        python_(alembic::find_python(project_, request.environment)) {}

  Result<CommandOutcome> run() {
    const std::string target =
        project_.folder.empty() ? "gauger.toml" : project_.folder + "/gauger.toml";
    if (auto free = check_target(target); !free) {
      return tl::unexpected(free.error());
    }
    auto reading = history::read_revisions(tree_, project_.alembic);
    if (!reading.errors.empty()) {
      // A baseline that was chosen without these files could be the wrong one.
      return CommandOutcome{.errors = std::move(reading.errors)};
    }
    const history::History history(std::move(reading.revisions),
                                   project_.settings.history.external);
    if (history.heads().size() > 1 && !options_.no_baseline) {
      return refuse_heads(project_, history);
    }
    not_entered_ = std::move(reading.not_entered);
    const std::vector<finding::RuleInfo> rules = optional_rules();
    const InitialSettings settings = choose(history, rules);
    if (auto written = base::write_file(project_.repository_root, target, settings_text(settings));
        !written) {
      return tl::unexpected(written.error());
    }
    return CommandOutcome{.text = told(target, settings, history)};
  }

 private:
  [[nodiscard]] Result<void> check_target(const std::string& target) const {
    const std::string& source = project_.settings.source;
    if (!source.empty() && source != target && base::parent_path(source) == project_.folder) {
      return base::failure({.kind = base::ErrorKind::configuration,
                            .message = "the project is configured already",
                            .path = source,
                            .help = "take [tool.gauger] out of it to have a gauger.toml instead"});
    }
    if (tree_.kind(target) && !options_.force) {
      return base::failure({.kind = base::ErrorKind::configuration,
                            .message = "the file is there already, and nothing was written",
                            .path = target,
                            .help = "--force replaces it"});
    }
    return {};
  }

  [[nodiscard]] InitialSettings choose(const history::History& history,
                                       const std::vector<finding::RuleInfo>& rules) const {
    InitialSettings settings{.optional_rules = rules};
    if (!is_found_without(project_, project_.alembic.ini)) {
      settings.alembic = relative(project_, project_.alembic.ini);
    }
    const std::vector<std::string> files = python_files(tree_, project_);
    for (const std::string& glob : suggest_globs(model_files(tree_, files), files)) {
      settings.schema_paths.push_back(relative(project_, glob));
    }
    if (history.heads().size() == 1 && !options_.no_baseline) {
      settings.baseline = history[history.heads().front()].id;
    } else if (history.heads().size() > 1) {
      settings.branches = history::labels_of_heads(history);
    }
    settings.python =
        python_.of_project ? seen_from_project(python_.command) : std::vector<std::string>();
    return settings;
  }

  // A virtual environment's path as it can stand in a file that others check out.
  [[nodiscard]] std::vector<std::string> seen_from_project(std::vector<std::string> command) const {
    const std::string root = project_.repository_root + '/';
    if (command.front().starts_with(root)) {
      command.front() = relative(project_, command.front().substr(root.size()));
    }
    return command;
  }

  [[nodiscard]] std::string told(const std::string& target, const InitialSettings& settings,
                                 const history::History& history) const {
    std::string text = fmt::format("gauger init: wrote {}\n", base::escape(target));
    const auto line = [&](std::string_view name, std::string_view value) {
      text += fmt::format("  {:14}{}\n", name, base::escape(value));
    };
    line("alembic", relative(project_, project_.alembic.ini));
    line("revisions", std::to_string(history.size()));
    line("baseline", settings.baseline     ? *settings.baseline
                     : history.size() == 0 ? "none: there is no revision"
                                           : "none: every revision is checked");
    line("schema-paths", settings.schema_paths.empty()
                             ? "none found: name the files of the models in gauger.toml"
                             : fmt::format("{}", fmt::join(settings.schema_paths, ", ")));
    line("python",
         python_.found ? fmt::format("{} ({})", fmt::join(python_.command, " "), python_.why)
         : python_.command.empty() ? python_.why
                                   : fmt::format("{} ({}; there is no such executable)",
                                                 fmt::join(python_.command, " "), python_.why));
    if (!not_entered_.empty()) {
      line("not loaded", project::not_entered_note(project_, not_entered_));
    }
    return text;
  }

  project::Project project_;
  InitOptions options_;
  base::WorkingTree tree_;
  alembic::Python python_;
  std::vector<std::string> not_entered_;
};

}  // namespace

int run_init(int argc, const char* const* argv) {
  InitOptions options;
  const cli::Command command{
      .name = "gauger init",
      .summary = "Write a gauger.toml for this project, with today's head as its baseline.",
      .flags = {{.name = "--force",
                 .help = "Replace a gauger.toml that is there",
                 .target = &options.force},
                {.name = "--no-baseline",
                 .help = "Write no baseline: every revision is checked",
                 .target = &options.no_baseline}},
      .run = [&](const cli::CommandContext& context) -> Result<CommandOutcome> {
        auto project = project::load(context.request);
        if (!project) {
          return tl::unexpected(std::move(project.error()));
        }
        return Initialization(std::move(*project), context.request, options).run();
      }};
  return cli::run_command(argc, argv, command);
}

}  // namespace gauger::tools
