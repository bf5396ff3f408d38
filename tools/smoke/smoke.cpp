#include "tools/smoke/smoke.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <functional>
#include <set>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/counted.hpp"
#include "cli/base_option.hpp"
#include "history/graph.hpp"
#include "history/history.hpp"
#include "history/read.hpp"
#include "live/surroundings.hpp"
#include "live/workshop.hpp"
#include "tools/migration-lint/migration_lint.hpp"
#include "tools/smoke/dump.hpp"
#include "tools/smoke/findings.hpp"
#include "tools/smoke/heaviest.hpp"
#include "tools/smoke/lint_comparison.hpp"
#include "tools/smoke/previous.hpp"
#include "tools/smoke/rows.hpp"
#include "tools/smoke/run.hpp"
#include "tools/smoke/stairway.hpp"

namespace gauger::tools {
namespace {

using alembic::Direction;
using base::Result;
using history::History;
using live::Workshop;

std::string shown_start(const std::vector<std::string>& from) {
  return from.empty() ? "an empty database" : fmt::format("{}", fmt::join(from, ", "));
}

// A line for each revision under --verbose, else one a second.
class ProgressLine {
 public:
  explicit ProgressLine(const cli::Context& context) : context_(context) {}

  void begin(std::string run) {
    run_ = std::move(run);
    count_ = 0;
    waiting_.clear();
  }

  void operator()(const std::string& revision) {
    ++count_;
    waiting_ = fmt::format("{}: {} ({})", run_, revision, count_);
    started_ = std::chrono::steady_clock::now();
    if (!tell()) {
      context_.detail(waiting_);
    }
  }

  // While one takes its time: that it does.
  void wait() {
    if (std::chrono::steady_clock::now() - started_ >= std::chrono::seconds(2)) {
      (void)tell();
    }
  }

 private:
  // Not more often than once a second.
  bool tell() {
    const auto now = std::chrono::steady_clock::now();
    if (waiting_.empty() || now - told_ < std::chrono::seconds(1)) {
      return false;
    }
    told_ = now;
    context_.note(std::exchange(waiting_, {}));
    return true;
  }

  const cli::Context& context_;
  std::string run_;
  std::string waiting_;  // what is not told yet
  std::size_t count_ = 0;
  std::chrono::steady_clock::time_point started_{};
  std::chrono::steady_clock::time_point told_ = std::chrono::steady_clock::now();
};

class Smoke {
 public:
  Smoke(const cli::Context& context, const SmokeOptions& options, History history)
      : context_(context), options_(options), history_(std::move(history)), progress_(context) {}

  Result<cli::Outcome> run() {
    auto mode = choose_mode();
    if (!mode) {
      return base::failure(std::move(mode.error()));
    }
    // Before a server is started: it may be an error of usage.
    if (auto checked = check_rows(*mode); !checked) {
      return base::failure(std::move(checked.error()));
    }
    Previous previous;
    if (*mode == "both" || *mode == "upgrade-from-previous") {
      auto found = find_previous(context_, history_, options_.previous, options_.base);
      if (!found) {
        return base::failure(std::move(found.error()));
      }
      previous = std::move(*found);
    }
    auto surroundings = live::surroundings(context_);
    if (!surroundings) {
      return base::failure(std::move(surroundings.error()));
    }
    surroundings_ = std::move(*surroundings);
    if (auto started = start_python(); !started) {
      return base::failure(std::move(started.error()));
    }
    auto ground = live::find_ground(context_, options_.live, surroundings_.env_file);
    if (!ground) {
      return base::failure(std::move(ground.error()));
    }
    if (auto made = run_mode(*mode, *ground, previous); !made) {
      return base::failure(std::move(made.error()));
    }
    return report(*mode);
  }

 private:
  [[nodiscard]] Result<std::string> choose_mode() const {
    if (options_.from_dump) {
      const std::string mode = options_.mode.value_or("fresh");
      if (mode == "both" || mode == "upgrade-from-previous" || options_.previous) {
        return base::failure({.kind = base::ErrorKind::usage,
                              .message = "--from-dump says itself what is previous",
                              .help = "use it with --mode fresh or stairway"});
      }
      return mode;
    }
    if (options_.mode) {
      if (options_.previous && (*options_.mode == "fresh" || *options_.mode == "stairway")) {
        return base::failure(
            {.kind = base::ErrorKind::usage,
             .message = "--previous is for --mode both and upgrade-from-previous"});
      }
      return *options_.mode;
    }
    const auto asked = previous_is_asked_for(context_, options_.previous, options_.base);
    if (!asked) {
      return base::failure(asked.error());
    }
    return *asked ? "both" : "fresh";
  }

  [[nodiscard]] Result<void> check_rows(const std::string& mode) const {
    constexpr int most = 1'000'000;
    const auto usage = [](std::string message) {
      return base::failure({.kind = base::ErrorKind::usage, .message = std::move(message)});
    };
    if (options_.rows < 0 || options_.rows > most) {
      return usage(fmt::format("--rows is a number from 1 to {}", most));
    }
    if (options_.rows_before && options_.rows == 0) {
      return usage("--rows-before says where --rows are made, and needs it");
    }
    if (options_.rows > 0 && mode == "stairway") {
      return usage("--rows is not for the stairway, which goes over each migration again");
    }
    if (const auto point = filling_point(history_, options_.rows_before); !point) {
      return base::failure(point.error());
    }
    return {};
  }

  // A failure ends it: the next run would mostly meet the same.
  Result<void> run_mode(const std::string& mode, const live::Ground& ground,
                        const Previous& previous) {
    if (mode == "stairway") {
      return run_stairway(ground);
    }
    if (options_.from_dump) {
      return run_upgrade(ground, {.name = "from-dump"});
    }
    if (mode == "fresh" || mode == "both") {
      is_another_to_come_ = mode == "both";
      if (auto made = run_upgrade(ground, {.name = "fresh"}); !made || runs_.back().failed) {
        return made;
      }
    }
    if (mode == "upgrade-from-previous" || mode == "both") {
      context_.detail(
          fmt::format("previous is {}, by {}", shown_start(previous.revisions), previous.source));
      return run_upgrade(ground, {.name = "upgrade-from-previous", .from = previous.revisions});
    }
    return {};
  }

  [[nodiscard]] live::WorkshopOptions workshop_options(const std::string& dsn,
                                                       std::string_view tables_sql) {
    return {.dsn = dsn,
            .purpose = "smoke",
            .environment = surroundings_.project,
            .timeout = options_.live.timeout,
            .tables_sql = std::string(tables_sql),
            .waiting = [this] { progress_.wait(); }};
  }

  // Ahead, for the next database: to import Alembic takes half a second.
  Result<void> start_python() {
    auto started = Workshop::start_python(context_, workshop_options({}, {}));
    if (!started) {
      return base::failure(std::move(started.error()));
    }
    python_ = std::move(*started);
    return {};
  }

  // A scratch database, empty or as the dump has it.
  Result<Workshop> open(const live::Ground& ground, std::string_view tables_sql) {
    const live::WorkshopOptions options = workshop_options(ground.dsn, tables_sql);
    auto python = std::exchange(python_, std::nullopt);
    auto workshop = python ? Workshop::open(context_, options, *std::move(python))
                           : Workshop::open(context_, options);
    if (!workshop) {
      return workshop;
    }
    server_version_ = workshop->connection().server_version();
    alembic_version_ = workshop->session().alembic_version();
    driver_ = workshop->session().driver();
    if (options_.from_dump) {
      auto restored =
          restore(workshop->database(),
                  {.file = std::filesystem::path(context_.current_folder) / *options_.from_dump,
                   .binaries = options_.live.binaries.value_or(""),
                   .environment = context_.environment});
      if (!restored) {
        return base::failure(std::move(restored.error()));
      }
      if (auto usable = check_dump(*workshop); !usable) {
        return base::failure(std::move(usable.error()));
      }
    }
    return workshop;
  }

  Result<void> run_stairway(const live::Ground& ground) {
    progress_.begin("stairway");
    auto climbed = climb([&] { return open(ground, {}); }, history_, std::ref(progress_));
    if (!climbed) {
      return base::failure(std::move(climbed.error()));
    }
    stairway_ = std::move(*climbed);
    return {};
  }

  // From where the run begins to the heads and, with --downgrade, back.
  Result<void> run_upgrade(const live::Ground& ground, Run run) {
    run.traced = !options_.no_trace;
    auto workshop = open(ground, tables_sql(run));
    if (!workshop) {
      return base::failure(std::move(workshop.error()));
    }
    if (std::exchange(is_another_to_come_, false)) {
      if (auto started = start_python(); !started) {
        return started;
      }
    }
    progress_.begin(run.name);
    if (options_.from_dump) {
      auto current = workshop->session().current();
      if (!current) {
        return base::failure(std::move(current.error()));
      }
      run.from = std::move(*current);
    } else if (!run.from.empty()) {
      Run before{.name = run.name + ", before it"};
      if (auto done = migrate(*workshop, Direction::up, run.from, before, std::ref(progress_));
          !done) {
        return done;
      }
      if (before.failed) {
        runs_.push_back(std::move(before));
        return {};
      }
    }
    if (options_.rows > 0) {
      if (auto filled = fill_tables(*workshop, run, std::ref(progress_)); !filled || run.failed) {
        runs_.push_back(std::move(run));
        return filled;
      }
    }
    auto done = migrate(*workshop, Direction::up, {"heads"}, run, std::ref(progress_));
    if (done && options_.downgrade && !run.failed) {
      const auto targets = run.from.empty() ? std::vector<std::string>{"base"} : run.from;
      done = migrate(*workshop, Direction::down, targets, run, std::ref(progress_));
    }
    runs_.push_back(std::move(run));
    return done;
  }

  // A dump without rows has no revision, and would be taken for an empty database.
  [[nodiscard]] Result<void> check_dump(Workshop& workshop) const {
    const auto current = workshop.session().current();
    if (!current) {
      return base::failure(current.error());
    }
    const auto unusable = [&](std::string message, std::string help) {
      return base::failure(
          {.kind = base::ErrorKind::usage,
           .message = fmt::format("--from-dump {}: {}", *options_.from_dump, message),
           .help = std::move(help)});
    };
    if (current->empty()) {
      const auto catalog = workshop.read();
      const auto settings = workshop.session().settings();
      if (!catalog || !settings) {
        return base::failure(!catalog ? catalog.error() : settings.error());
      }
      const auto tables =
          catalog->tables.size() - catalog->tables.count(live::qualified(settings->version_table));
      if (tables > 0) {
        return unusable(fmt::format("it has {} and no revision that they are of",
                                    base::counted(tables, "table")),
                        "dump the rows, too, those of Alembic's version table at the least: not "
                        "pg_dump --schema-only");
      }
    }
    if (options_.rows_before) {
      const auto point = filling_point(history_, options_.rows_before);
      if (point && *point != *current && all_below(*point, *current)) {
        return unusable(fmt::format("it stands at {}, past what --rows-before {} asks for",
                                    fmt::join(*current, ", "), *options_.rows_before),
                        "name a later revision, or none: the rows are then made in what the dump "
                        "has");
      }
    }
    return {};
  }

  [[nodiscard]] bool all_below(const std::vector<std::string>& ids,
                               const std::vector<std::string>& tops) const {
    std::vector<history::Index> from;
    for (const std::string& top : tops) {
      if (const auto index = history_.find(top)) {
        from.push_back(*index);
      }
    }
    const auto below =
        history::ancestors(history_, from, history::Follow::down_revisions_and_dependencies);
    return std::all_of(ids.begin(), ids.end(), [&](const std::string& id) {
      const auto index = history_.find(id);
      return index && below[*index];
    });
  }

  // Up to the state in which the tables are filled, and their rows.
  Result<void> fill_tables(Workshop& workshop, Run& run, const Progress& progress) {
    if (run.from.empty() || options_.rows_before) {
      const auto point = filling_point(history_, options_.rows_before);
      if (!point) {
        return base::failure(point.error());
      }
      if (auto done = migrate(workshop, Direction::up, *point, run, progress);
          !done || run.failed) {
        return done;
      }
    }
    auto filled = fill(workshop, static_cast<std::size_t>(options_.rows));
    if (!filled) {
      return base::failure(std::move(filled.error()));
    }
    context_.note(fmt::format("{}: {}", run.name, shown_rows(*filled)));
    run.rows = std::move(*filled);
    return {};
  }

  void show_trace() const {
    constexpr std::size_t shown = 10;
    if (const std::string table = heaviest(runs_, shown); !table.empty()) {
      context_.note(table);
    }
    Losses losses;
    for (const Run& run : runs_) {
      losses.insert(run.losses.begin(), run.losses.end());
    }
    for (const std::string& loss : losses) {
      context_.note("not seen: " + loss);
    }
  }

  // Nothing: there is no trace, or migration-lint cannot be run.
  [[nodiscard]] std::optional<LintComparison> compare_lint() const {
    if (runs_.empty() || !runs_.back().traced) {
      return std::nullopt;
    }
    const auto silent = [](std::string_view) {};
    const cli::Context quiet{context_.project,        context_.tree, context_.environment,
                             context_.current_folder, silent,        silent};
    MigrationLintOptions lint{.no_cache = true};
    const auto linted = make_migration_lint(lint).run(quiet);
    if (!linted) {
      context_.note("migration-lint: " + linted.error().message);
      return std::nullopt;
    }
    std::set<std::string> not_linted;
    const auto& baseline = context_.project.settings.lint.baseline;
    if (const auto index = baseline ? history_.find(*baseline) : std::nullopt) {
      const std::vector<history::Index> from{*index};
      const auto below =
          history::ancestors(history_, from, history::Follow::down_revisions_and_dependencies);
      for (history::Index i = 0; i < history_.size(); ++i) {
        if (below[i]) {
          not_linted.insert(history_[i].id);
        }
      }
    }
    LintComparison comparison = compare_with_lint(linted->findings, runs_, not_linted);
    make_relative(context_.project, comparison);
    return comparison;
  }

  [[nodiscard]] cli::Outcome report(const std::string& mode) {
    show_trace();
    cli::Outcome outcome;
    history::Sources sources(context_.tree);
    const Places places{context_.tree, history_, sources};
    const auto comparison = compare_lint();
    for (const Run& run : runs_) {
      if (run.failed) {
        outcome.findings.push_back(judge(*run.failed, run.name, places));
      }
    }
    if (stairway_) {
      add_stairway(*stairway_, places, outcome);
    }
    base::Json runs = base::Json::array();
    std::vector<std::string> parts;
    for (Run& run : runs_) {
      make_relative(context_.project, run);
      runs.push_back(describe(run));
      std::string part = fmt::format(
          "{} from {}", base::counted(run.count(Direction::up), "upgrade"), shown_start(run.from));
      if (run.rows) {
        part += ", with " + shown_rows(*run.rows);
      }
      if (options_.downgrade) {
        part += fmt::format(" and {} back", run.count(Direction::down));
      }
      parts.push_back(std::move(part));
    }
    if (stairway_) {
      make_relative(context_.project, stairway_->run);
      runs.push_back(describe(*stairway_));
      parts.push_back(shown(*stairway_));
    }
    constexpr int major = 10000;
    outcome.looked_at =
        fmt::format("{}; PostgreSQL {}", fmt::join(parts, ", "), server_version_ / major);
    outcome.summary = {{"mode", mode},
                       {"server_version", server_version_},
                       {"alembic_version", alembic_version_},
                       {"driver", driver_},
                       {"runs", std::move(runs)}};
    std::vector<const Run*> measured;
    for (const Run& run : runs_) {
      measured.push_back(&run);
    }
    if (stairway_) {
      measured.push_back(&stairway_->run);
    }
    outcome.table = step_table(measured);
    outcome.summary["migration_lint"] = comparison ? describe(*comparison) : base::Json();
    if (comparison) {
      if (const std::string text = display(*comparison); !text.empty()) {
        context_.note(text);
      }
    }
    return outcome;
  }

  void add_stairway(const Stairway& stairway, const Places& places, cli::Outcome& outcome) const {
    const std::string& name = stairway.run.name;
    if (stairway.run.failed) {
      outcome.findings.push_back(judge(*stairway.run.failed, name, places));
    }
    for (const Failed& failed : stairway.failed_downgrades) {
      outcome.findings.push_back(judge(failed, name, places));
    }
    for (const Failed& failed : stairway.failed_returns) {
      outcome.findings.push_back(judge(failed, "after its own downgrade", places));
    }
    for (const Leftover& leftover : stairway.leftovers) {
      outcome.findings.push_back(judge(leftover, places));
    }
    for (const Skipped& skipped : stairway.skipped) {
      context_.note(fmt::format("not taken down: {}, {}", skipped.revision, skipped.reason));
    }
  }

  static std::string shown(const Stairway& stairway) {
    return fmt::format("{} up, down and up, {} not taken down",
                       base::counted(stairway.run.count(Direction::down), "revision"),
                       stairway.skipped.size());
  }

  const cli::Context& context_;
  const SmokeOptions& options_;
  History history_;
  live::Surroundings surroundings_;
  std::optional<alembic::Interpreter> python_{};
  bool is_another_to_come_ = false;  // run, on a database of its own
  ProgressLine progress_;
  std::vector<Run> runs_;
  std::optional<Stairway> stairway_;
  int server_version_ = 0;
  std::string alembic_version_;
  std::string driver_;
};

Result<cli::Outcome> run(const cli::Context& context, const SmokeOptions& options) {
  history::RevisionReading reading = history::read_revisions(context.tree, context.project.alembic);
  if (!reading.errors.empty()) {
    return cli::Outcome{.errors = std::move(reading.errors), .looked_at = "nothing was run"};
  }
  if (reading.revisions.empty()) {
    return cli::Outcome{.looked_at = "there is no revision to run", .configured = false};
  }
  History history(std::move(reading.revisions), context.project.settings.history.external);
  return Smoke(context, options, std::move(history)).run();
}

}  // namespace

cli::Tool make_smoke(SmokeOptions& options) {
  cli::Tool tool{
      .name = "smoke",
      .summary = "Do the migrations run on PostgreSQL, and what do they do there?",
      .rules = smoke_rules(),
      .flags = {{.name = "--mode",
                 .value_name = "MODE",
                 .help = "from an empty database, from the state before the newest migrations, "
                         "both, or each revision up, down and up again (default: both where a base "
                         "or --previous is named, else fresh)",
                 .target = &options.mode,
                 .choices = {"fresh", "upgrade-from-previous", "both", "stairway"}},
                {.name = "--previous",
                 .value_name = "REV",
                 .help =
                     "the revision before the newest migrations (default: the merge base's head "
                     "where there is a base, else the head's parent)",
                 .target = &options.previous},
                cli::base_flag(
                    options.base,
                    "the branch whose merge base is the previous state (default: "
                    "MIGRATION_BASE_REF, [pull-request] base, the CI's base branch, else "
                    "origin/main)"),
                {.name = "--from-dump",
                 .value_name = "FILE",
                 .help = "begin at what pg_dump wrote (plain or custom) instead of nothing",
                 .target = &options.from_dump},
                {.name = "--downgrade",
                 .help = "after an upgrade, downgrade to where it began",
                 .target = &options.downgrade},
                {.name = "--rows",
                 .value_name = "N",
                 .help = "fill every table with so many rows before the last migration of a "
                         "fresh run, or the first that follows the previous state",
                 .target = &options.rows},
                {.name = "--rows-before",
                 .value_name = "REV",
                 .help = "fill the tables before this revision instead",
                 .target = &options.rows_before},
                {.name = "--no-trace",
                 .help = "do not look at each statement: only times, and what fails",
                 .target = &options.no_trace}},
      .run = [&options](const cli::Context& context) { return run(context, options); }};
  for (cli::Flag& flag : live::flags(options.live)) {
    tool.flags.push_back(std::move(flag));
  }
  return tool;
}

}  // namespace gauger::tools
