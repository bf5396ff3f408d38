// `gauger doctor`: what the other executables would use, and why.
#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "alembic/python.hpp"
#include "base/counted.hpp"
#include "base/escape.hpp"
#include "base/file_tree.hpp"
#include "base/glob.hpp"
#include "base/json.hpp"
#include "cli/run_command.hpp"
#include "cli/version.hpp"
#include "engine/lint.hpp"
#include "git/commits.hpp"
#include "git/repository.hpp"
#include "history/history.hpp"
#include "history/read.hpp"
#include "project/project.hpp"
#include "rules/catalog.hpp"
#include "tools/gauger/gauger.hpp"
#include "tools/gauger/python_files.hpp"
#include "tools/gauger/surroundings.hpp"

namespace gauger::tools {
namespace {

enum class State : std::uint8_t { fine, missing, broken };

std::string_view name(State state) {
  switch (state) {
    case State::fine:
      return "fine";
    case State::missing:
      return "missing";
    case State::broken:
      return "broken";
  }
  return "";
}

// One line of the answer; unescaped.
struct Fact {
  std::string name;
  std::string value;
  std::string why;
  State state = State::fine;
};

std::string or_root(const std::string& path) { return path.empty() ? "." : path; }

class Examination {
 public:
  Examination(const project::Project& project, const project::Request& request)
      : project_(project), request_(request), tree_(project.repository_root) {}

  std::vector<Fact> run() {
    look_at_configuration();
    look_at_history();
    look_at_rules();
    look_at_models();
    look_at_surroundings();
    return std::move(facts_);
  }

 private:
  void add(std::string name, std::string value, std::string why, State state = State::fine) {
    facts_.push_back({std::move(name), std::move(value), std::move(why), state});
  }

  void look_at_configuration() {
    add("repository", project_.repository_root,
        tree_.kind(".git") ? "where .git is" : "there is no .git; what lies above is not read");
    add("project", or_root(project_.folder), request_.project_folder ? "--project" : "found");
    const std::string& source = project_.settings.source;
    if (source.empty()) {
      add("configuration", "", "no gauger.toml and no [tool.gauger]; `gauger init` writes one",
          State::missing);
    } else {
      add("configuration", source, request_.config_file ? "--config" : "found");
    }
    const project::AlembicSettings& alembic = project_.alembic;
    add("alembic", fmt::format("{}, section [{}]", alembic.ini, alembic.section), why_this_ini());
    if (!alembic.toml.empty() && alembic.toml != alembic.ini) {
      add("alembic", fmt::format("{}, [tool.alembic]", alembic.toml), "beside the ini");
    }
    add("script location", or_root(alembic.script_location), "as Alembic reads it");
  }

  [[nodiscard]] std::string why_this_ini() const {
    if (project_.settings.alembic) {
      return "named in " + project_.settings.source;
    }
    if (request_.environment.contains("ALEMBIC_CONFIG")) {
      return "ALEMBIC_CONFIG";
    }
    const std::string_view folder = base::parent_path(project_.alembic.ini);
    if (folder == project_.folder) {
      return "in the project's folder";
    }
    return project_.folder.size() > folder.size() ? "in a folder above the project's"
                                                  : "the only one below the project's folder";
  }

  void look_at_history() {
    const project::RevisionFiles files = project::revision_files(tree_, project_.alembic);
    const auto& locations = project_.alembic.version_locations;
    for (std::size_t i = 0; i < locations.size(); ++i) {
      const std::string& location = locations[i];
      const bool missing =
          std::find(files.missing.begin(), files.missing.end(), location) != files.missing.end();
      const auto count =
          std::count_if(files.files.begin(), files.files.end(),
                        [&](const project::RevisionFile& file) { return file.location == i; });
      add("versions", or_root(location),
          missing ? "there is no such folder"
                  : base::counted(static_cast<std::size_t>(count), "file"),
          missing ? State::missing : State::fine);
    }
    if (!files.not_entered.empty()) {
      add("versions", "", project::not_entered_note(project_, files.not_entered), State::missing);
    }
    history::RevisionReading reading = history::read_revisions(tree_, project_.alembic);
    for (const base::Error& error : reading.errors) {
      add("revision", error.path, error.message, State::broken);
    }
    const history::History history(std::move(reading.revisions),
                                   project_.settings.history.external);
    std::string heads;
    for (const history::Index head : history.heads()) {
      heads += (heads.empty() ? "" : ", ") + history[head].id;
    }
    add("heads", heads, base::counted(history.size(), "revision"),
        history.size() == 0 ? State::missing : State::fine);
    look_at_baseline(history, "[lint] baseline", project_.settings.lint.baseline);
    look_at_baseline(history, "[history] baseline", project_.settings.history.baseline);
  }

  void look_at_baseline(const history::History& history, std::string name,
                        const std::optional<std::string>& baseline) {
    if (!baseline) {
      return;
    }
    const auto index = history.resolve(*baseline);
    add(std::move(name), *baseline, index ? history[*index].path : index.error().message,
        index ? State::fine : State::broken);
  }

  void look_at_rules() {
    const auto rules = engine::select(rules::catalog(), project_.settings.lint);
    if (!rules) {
      add("rules", "", rules.error().message, State::broken);
      return;
    }
    add("rules", fmt::format("{} of {}", rules->size(), rules::catalog().size()),
        "of migration-lint are on");
  }

  void look_at_models() {
    if (project_.settings.schema_paths.empty()) {
      add("schema-paths", "", "not configured; pr-migration-count needs them", State::missing);
      return;
    }
    const std::vector<std::string> files = python_files(tree_, project_);
    for (const std::string& glob : project_.settings.schema_paths) {
      const auto count = std::count_if(files.begin(), files.end(), [&](const std::string& file) {
        return base::glob_match(glob, file);
      });
      add("schema-paths", glob,
          count == 0 ? "matches no file"
                     : "matches " + base::counted(static_cast<std::size_t>(count), "file"),
          count == 0 ? State::missing : State::fine);
    }
  }

  void look_at_surroundings() {
    const alembic::Python python = alembic::find_python(project_, request_.environment);
    add("python", fmt::format("{}", fmt::join(python.command, " ")),
        python.found ? python.why : python.why + "; there is no such executable",
        python.found ? State::fine : python_state(python));
    const project::Variables env_file = look_at_env_file();
    add_choice("dsn", find_dsn(project_, request_, env_file));
    const bool private_server =
        project_.settings.database.scratch == project::ScratchKind::private_server;
    add("scratch databases", private_server ? "private" : "environment",
        private_server ? "on a server that is started for them" : "beside the DSN's");
    add_choice("initdb", find_initdb(request_));
    look_at_base(find_base(project_, request_, env_file));
  }

  // Whoever has named it expects it to be there; origin/main need not be.
  void look_at_base(const Choice& base) {
    const auto repository = git::Repository::open(project_.repository_root, request_.environment,
                                                  request_.current_folder);
    if (!repository) {
      add_choice("base branch", base);
      return;
    }
    const auto point = git::find_base_point(*repository, {.name = base.value, .source = base.why});
    if (point) {
      add_choice("base branch", base);
      return;
    }
    const bool is_needed = !base.why.starts_with("the default") || git::is_shallow(*repository);
    add("base branch", base.value, fmt::format("{}; {}", base.why, point.error().message),
        is_needed ? State::broken : State::missing);
  }

  project::Variables look_at_env_file() {
    const std::string& path = project_.settings.database.env_file;
    auto variables = project::read_env_file(project_.settings.database);
    if (!variables) {
      const base::Error& error = variables.error();
      add("env file", path,
          error.position.line > 0 ? fmt::format("line {}: {}", error.position.line, error.message)
                                  : error.message,
          State::broken);
      return {};
    }
    if (tree_of_disk_.kind(path.substr(1))) {
      add("env file", path, base::counted(variables->size(), "variable"));
    } else {
      add("env file", "", fmt::format("there is no {}", path), State::missing);
    }
    return std::move(*variables);
  }

  // A Python that was asked for by name and is not there is worse than none that was found.
  [[nodiscard]] State python_state(const alembic::Python& python) const {
    return project_.settings.database.python.empty() && python.command.empty() ? State::missing
                                                                               : State::broken;
  }

  void add_choice(std::string name, Choice choice) {
    const State state = choice.value.empty() ? State::missing : State::fine;
    add(std::move(name), std::move(choice.value), std::move(choice.why), state);
  }

  const project::Project& project_;
  const project::Request& request_;
  base::WorkingTree tree_;
  base::WorkingTree tree_of_disk_{"/"};  // .env may lie outside the repository
  std::vector<Fact> facts_;
};

std::size_t count_broken(const std::vector<Fact>& facts) {
  return static_cast<std::size_t>(std::count_if(
      facts.begin(), facts.end(), [](const Fact& fact) { return fact.state == State::broken; }));
}

std::string text_of(const std::vector<Fact>& facts) {
  std::string text;
  for (const Fact& fact : facts) {
    const std::string value = fact.value.empty() ? "-" : base::escape(fact.value);
    const std::string mark = fact.state == State::broken ? "broken: " : "";
    text += fmt::format("{:20}{} ({}{})\n", fact.name, value, mark, base::escape(fact.why));
  }
  const std::size_t broken = count_broken(facts);
  return text + fmt::format("gauger doctor: {}\n",
                            broken == 0 ? "all in order"
                                        : fmt::format("{} broken", base::counted(broken, "thing")));
}

std::string json_of(const std::vector<Fact>& facts) {
  base::Json list = base::Json::array();
  for (const Fact& fact : facts) {
    list.push_back({{"name", fact.name},
                    {"value", fact.value.empty() ? base::Json() : base::Json(fact.value)},
                    {"why", fact.why},
                    {"state", name(fact.state)}});
  }
  const base::Json document = {{"tool", "gauger doctor"},
                               {"version", cli::version},
                               {"facts", std::move(list)},
                               {"broken", count_broken(facts)}};
  return base::dump(document, base::JsonLayout::indented) + "\n";
}

std::vector<Fact> examine(const project::Request& request) {
  const auto project = project::load(request);
  if (project) {
    return Examination(*project, request).run();
  }
  const base::Error& error = project.error();
  const std::string at =
      error.position.line > 0
          ? fmt::format("{}:{}:{}", error.path, error.position.line, error.position.column)
          : error.path;
  std::string why = error.message;
  if (!error.help.empty()) {
    why += "; " + error.help;
  }
  return {{"project", at, std::move(why), State::broken}};
}

}  // namespace

int run_doctor(int argc, const char* const* argv) {
  std::string format = "text";
  const cli::Command command{
      .name = "gauger doctor",
      .summary = "Which configuration, Python and database would be used, and why?",
      .flags = {{.name = "--format",
                 .help = "Format of the answer (default: text)",
                 .target = &format,
                 .choices = {"text", "json"}}},
      .run = [&](const cli::CommandContext& context) -> base::Result<cli::CommandOutcome> {
        const std::vector<Fact> facts = examine(context.request);
        return cli::CommandOutcome{.text = format == "json" ? json_of(facts) : text_of(facts),
                                   .status = count_broken(facts) == 0 ? 0 : 2};
      }};
  return cli::run_command(argc, argv, command);
}

}  // namespace gauger::tools
