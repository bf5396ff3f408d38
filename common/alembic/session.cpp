#include "alembic/session.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "alembic/driver.hpp"
#include "base/dsn.hpp"
#include "base/file_tree.hpp"
#include "base/json.hpp"
#include "project/environment.hpp"

namespace gauger::alembic {
namespace {

using base::Json;
using base::Result;

// The extension that a server cannot make, by what it says of it; empty: it is about something
// else. PostgreSQL 16 and older name the file that is missing, newer ones the extension.
std::string missing_extension(std::string_view message) {
  if (message.find("extension control file") != std::string_view::npos) {
    const std::size_t end = message.find(".control");
    const std::size_t begin = message.rfind('/', end);
    if (end != std::string_view::npos && begin != std::string_view::npos) {
      return std::string(message.substr(begin + 1, end - begin - 1));
    }
  }
  constexpr std::string_view before = "extension \"";
  const std::size_t begin = message.find(before);
  if (begin == std::string_view::npos ||
      message.find("\" is not available", begin) == std::string_view::npos) {
    return {};
  }
  const std::string_view rest = message.substr(begin + before.size());
  return std::string(rest.substr(0, rest.find('"')));
}

// SQLAlchemy writes CREATE TABLE with tabs, and with empty lines between and behind its parts.
std::string without_blank_lines(std::string_view statement) {
  std::string result;
  while (!statement.empty()) {
    const std::size_t end = std::min(statement.find('\n'), statement.size());
    std::string_view line = statement.substr(0, end);
    statement.remove_prefix(std::min(end + 1, statement.size()));
    line = line.substr(0, line.find_last_not_of(" \t") + 1);
    if (line.empty()) {
      continue;
    }
    result += result.empty() ? "" : "\n";
    for (const char byte : line) {
      result += byte == '\t' ? "  " : std::string(1, byte);
    }
  }
  return result;
}

base::Error problem(std::string message, std::string help = {}) {
  return {
      .kind = base::ErrorKind::environment, .message = std::move(message), .help = std::move(help)};
}

// The last lines, which say most of a failure.
std::string tail(std::string_view text, std::size_t lines) {
  while (text.ends_with('\n')) {
    text.remove_suffix(1);
  }
  std::size_t begin = text.size();
  for (std::size_t seen = 0; begin > 0; --begin) {
    seen += text[begin - 1] == '\n' ? 1U : 0U;
    if (seen == lines) {
      break;
    }
  }
  return std::string(text.substr(begin));
}

std::string with_root(const project::Project& project, const std::string& path) {
  return path.empty() ? project.repository_root
                      : fmt::format("{}/{}", project.repository_root, path);
}

// Where people run Alembic: beside the ini, but outside the script location (Flask-Migrate's ini is
// in it).
std::string working_folder(const project::Project& project) {
  const project::AlembicSettings& alembic = project.alembic;
  std::string folder(base::parent_path(alembic.ini));
  if (folder == alembic.script_location && !folder.empty()) {
    folder = std::string(base::parent_path(folder));
  }
  return with_root(project, folder);
}

// "asyncpg" of "postgresql+asyncpg://…"; empty: none is named.
std::string driver_of(std::string_view dsn) {
  const std::size_t end = dsn.find("://");
  const std::string_view scheme = dsn.substr(0, end == std::string_view::npos ? 0 : end);
  const std::size_t plus = scheme.find('+');
  return plus == std::string_view::npos ? std::string() : std::string(scheme.substr(plus + 1));
}

std::string own_driver(const project::Project& project, const Environment& environment) {
  for (const std::string& name : scratch_variables(project.settings)) {
    if (const auto dsn = project::find_variable(name, environment, {})) {
      return driver_of(*dsn);
    }
  }
  return {};
}

Json open_request(const project::Project& project, const SessionOptions& options) {
  const project::AlembicSettings& alembic = project.alembic;
  const bool only_toml = alembic.ini == alembic.toml;
  return {{"call", "open"},
          {"ini", only_toml ? "" : with_root(project, alembic.ini)},
          {"toml", alembic.toml.empty() ? "" : with_root(project, alembic.toml)},
          {"section", only_toml ? "alembic" : alembic.section},
          {"script_location", with_root(project, alembic.script_location)},
          {"dsn", options.dsn},
          {"driver", own_driver(project, options.environment)},
          {"variables", scratch_variables(project.settings)},
          {"role", options.role},
          {"database", options.database},
          {"identity", options.identity},
          {"identity_sql", identity_sql()},
          {"tables_sql", options.tables_sql}};
}

std::vector<std::string> strings(const Json& list) { return list.get<std::vector<std::string>>(); }

std::optional<std::string> optional_text(const Json& value) {
  return value.is_string() ? std::optional(value.get<std::string>()) : std::nullopt;
}

// 0 where it is none.
int whole_number(const Json& value) { return value.is_number_integer() ? value.get<int>() : 0; }

std::vector<SchemaName> schema_names(const Json& list) {
  std::vector<SchemaName> names;
  for (const Json& each : list) {
    names.push_back({each.at(0).get<std::string>(), each.at(1).get<std::string>()});
  }
  return names;
}

}  // namespace

// One request and its answer.
struct Session::Exchange {
  Session& session;

  [[nodiscard]] Result<Json> ask(const Json& request, const Progress& progress = {}) const {
    if (!session.broken_.empty()) {
      return base::failure(problem(session.broken_));
    }
    session.running_.clear();
    session.failure_.reset();
    const std::string line = base::dump(request, base::JsonLayout::compact) + "\n";
    if (auto written = session.process_.write(line); !written) {
      return lost(written.error());
    }
    while (true) {
      const auto text = session.process_.read_line();
      if (!text) {
        return lost(text.error());
      }
      const auto message = base::parse_json(*text);
      if (!message || !message->is_object()) {
        return lost(problem("the project's Python does not answer in JSON"));
      }
      if (message->contains("watch")) {
        if (!watched((*message)["watch"].get<int>())) {
          return lost(problem("it does not answer"));
        }
        continue;
      }
      if (told(*message, progress)) {
        continue;
      }
      Json answer = message->value("answer", Json::object());
      if (answer.contains("failure")) {
        return base::failure(failed(answer["failure"]));
      }
      return answer;
    }
  }

  // An answer that has the failure of a script in it.
  [[nodiscard]] std::optional<SeedFailure> failure_in(const Json& answer) const {
    const auto failure = answer.find("failed");
    if (failure == answer.end()) {
      return std::nullopt;
    }
    return SeedFailure{failed(*failure), failure->value("sqlstate", "")};
  }

  [[nodiscard]] Result<std::vector<std::string>> revisions(const Json& request,
                                                           const Progress& progress = {}) const {
    const auto answer = ask(request, progress);
    if (!answer) {
      return base::failure(answer.error());
    }
    return strings(answer->at("revisions"));
  }

 private:
  // What is said before the answer.
  [[nodiscard]] bool told(const Json& message, const Progress& progress) const {
    const Observer& observer = session.observer_;
    if (message.contains("backend")) {
      session.backends_.push_back(message["backend"].get<std::string>());
      return true;
    }
    if (message.contains("running")) {
      session.running_ = message["running"].get<std::string>();
      if (progress) {
        progress(session.running_);
      }
      if (observer.starts) {
        observer.starts(session.running_);
      }
      if (message.contains("tables")) {
        if (observer.begins) {
          observer.begins({.process = whole_number(message["pid"]),
                           .tables = optional_text(message["tables"]),
                           .kept = message["kept"].get<bool>(),
                           .hears = message["hears"].get<bool>()});
        }
        acknowledge();
      }
      return true;
    }
    if (message.contains("statement")) {
      bool goes_on = false;
      const auto go_on = [&] {
        if (!std::exchange(goes_on, true)) {
          acknowledge();
        }
      };
      if (observer.statement) {
        observer.statement(statement(message), go_on);
      }
      go_on();
      return true;
    }
    if (message.contains("ran")) {
      session.running_.clear();
      if (observer.ends) {
        observer.ends(message["ran"].get<std::string>(), message.value("seconds", 0.0));
      }
      return true;
    }
    return false;
  }

  // Until the statement outside a transaction has ended. False: it does not in time.
  [[nodiscard]] bool watched(int process) const {
    const Observer& observer = session.observer_;
    if (observer.watch) {
      observer.watch(process);
    }
    acknowledge();
    const auto until = std::chrono::steady_clock::now() + session.timeout_;
    while (observer.look && !session.process_.wait_a_while(observer.look(process))) {
      if (std::chrono::steady_clock::now() > until) {
        return false;
      }
    }
    return true;
  }

  // That Python may go on. If it cannot be written, the next reading says why.
  void acknowledge() const { (void)session.process_.write("{}\n"); }

  [[nodiscard]] Statement statement(const Json& message) const {
    return {.text = message["statement"].get<std::string>(),
            .seconds = message["seconds"].get<double>(),
            .path = tree_path(message["file"].get<std::string>()),
            .line = message["line"].get<std::uint32_t>(),
            .rows = message["rows"].is_number_integer() ? message["rows"].get<std::int64_t>() : -1,
            .process = whole_number(message["pid"]),
            .watched = message["watched"].get<bool>(),
            .heard = strings(message["heard"])};
  }

  [[nodiscard]] std::string tree_path(const std::string& file) const {
    return file.starts_with(session.root_ + "/") ? file.substr(session.root_.size() + 1) : file;
  }

  // The process has ended or hangs: what it printed is all there is to say.
  [[nodiscard]] tl::unexpected<base::Error> lost(const base::Error& error) const {
    if (error.kind == base::ErrorKind::database) {
      session.broken_ = error.message;  // what was asked meanwhile
      return base::failure(error);
    }
    session.broken_ = fmt::format("the project's Python: {}", error.message);
    if (!session.running_.empty()) {
      session.failure_ = Failure{.revision = session.running_, .message = session.broken_};
      session.broken_ = fmt::format("revision '{}': {}", session.running_, session.broken_);
    }
    return base::failure(problem(session.broken_, printed()));
  }

  [[nodiscard]] std::string printed() const { return tail(session.output(), 12); }

  [[nodiscard]] base::Error failed(const Json& failure) const {
    const std::string message = base::hide_password(failure.value("message", ""), session.dsn_);
    const std::string revision = failure.value("revision", "");
    const std::string statement = failure.value("statement", "");
    const std::string state = failure.value("sqlstate", "");
    std::vector<std::string> help;
    if (!statement.empty()) {
      help.push_back("statement: " + without_blank_lines(statement));
    }
    if (failure.value("refused", false)) {
      session.broken_ = message;
      help.emplace_back(
          "env.py must connect to the database that sqlalchemy.url or the DSN's variable names");
    } else if (failure.value("refusal", false)) {
      if (message.find("not up to date") != std::string::npos) {
        help.emplace_back("upgrade it first: gauger migrate (make migrate)");
      } else if (message.find("head revisions") != std::string::npos) {
        help.emplace_back("gauger check-heads says how to make one head of them");
      }
    } else if (statement.empty()) {
      help.push_back(printed());
    }
    const std::string extension = missing_extension(message);
    if (!extension.empty()) {
      help.emplace_back(
          "install the package that has it for this server, or use a server that has it: --dsn "
          "names one, and --postgres-bin the programs of a private one");
    }
    const std::string what =
        extension.empty() ? fmt::format("{}{}", message,
                                        state.empty() ? "" : fmt::format(" (SQLSTATE {})", state))
                          : fmt::format("the server has no extension \"{}\"", extension);
    base::Error error =
        problem(revision.empty() ? what : fmt::format("revision '{}': {}", revision, what),
                fmt::format("{}", fmt::join(help, "\n")));
    error.path = tree_path(failure.value("file", ""));
    error.position.line = error.path.empty() ? 0 : failure.value("line", 0U);
    error.position.column = error.position.line > 0 ? 1 : 0;
    if (!revision.empty() && !failure.value("refused", false)) {
      session.failure_ = Failure{.revision = revision,
                                 .message = message,
                                 .statement = statement,
                                 .sqlstate = state,
                                 .missing_extension = extension,
                                 .exception = failure.value("type", ""),
                                 .raised = failure.value("raised", false),
                                 .path = error.path,
                                 .line = error.position.line};
    }
    return error;
  }
};

std::string_view identity_sql() {
  return "SELECT (SELECT oid FROM pg_catalog.pg_database"
         " WHERE datname = pg_catalog.current_database())::text || '/' ||"
         " (extract(epoch FROM pg_catalog.pg_postmaster_start_time()) * 1000000)::bigint::text"
         " || '/' || pg_catalog.current_database()";
}

bool lacks_resources(std::string_view sqlstate) { return sqlstate.starts_with("53"); }

Environment project_environment(const project::Project& project, const Environment& process,
                                const Environment& env_file) {
  Environment environment = process;
  environment.insert(env_file.begin(), env_file.end());
  const auto& configured = project.settings.database.environment;
  environment.insert(configured.begin(), configured.end());
  return environment;
}

std::vector<std::string> scratch_variables(const project::Settings& settings) {
  std::vector<std::string> names = project::dsn_variables(settings);
  if (std::find(names.begin(), names.end(), "DATABASE_URL") == names.end()) {
    names.emplace_back("DATABASE_URL");
  }
  return names;
}

Result<Interpreter> Interpreter::start(const project::Project& project,
                                       const SessionOptions& options) {
  Python python = find_python(project, options.environment);
  if (!python.found) {
    return base::failure(
        problem(fmt::format("there is no Python to run the project's Alembic: {}", python.why),
                "make the project's environment (uv sync, python3 -m venv .venv), or set "
                "[database] python"));
  }
  base::Command command{.arguments = python.command,
                        .environment = options.environment,
                        .folder = working_folder(project),
                        .deadline = options.timeout,
                        .group = base::ProcessGroup::own,
                        .meanwhile = options.meanwhile};
  if (std::string& program = command.arguments.front();
      program.find('/') != std::string::npos && !program.starts_with('/')) {
    program = fmt::format("{}/{}", with_root(project, project.folder), program);
  }
  command.arguments.insert(command.arguments.end(), {"-c", std::string(driver_text())});
  auto process = base::Conversation::start(command);
  if (!process) {
    return base::failure(std::move(process.error()));
  }
  return Interpreter(std::move(*process), std::move(python));
}

Result<Session> Session::start(const project::Project& project, const SessionOptions& options) {
  auto interpreter = Interpreter::start(project, options);
  if (!interpreter) {
    return base::failure(std::move(interpreter.error()));
  }
  return start(project, options, std::move(*interpreter));
}

Result<Session> Session::start(const project::Project& project, const SessionOptions& options,
                               Interpreter interpreter) {
  const Python& python = interpreter.python_;
  Session session(std::move(interpreter.process_));
  session.dsn_ = options.dsn;
  session.root_ = project.repository_root;
  session.timeout_ = options.timeout;
  const auto answer = Exchange{session}.ask(open_request(project, options));
  if (!answer) {
    base::Error error = answer.error();
    if (error.message.ends_with("No module named 'alembic'")) {
      error = problem("the project's Python has no Alembic",
                      "activate the project's environment, or set [database] python");
    }
    error.help += fmt::format("{}the project's Python is {} ({})", error.help.empty() ? "" : "\n",
                              fmt::join(python.command, " "), python.why);
    return base::failure(std::move(error));
  }
  session.alembic_version_ = answer->at("alembic").get<std::string>();
  session.driver_ = answer->at("driver").get<std::string>();
  return session;
}

std::string Session::output() const { return base::hide_password(process_.errors(), dsn_); }

Result<std::vector<std::string>> Session::upgrade(std::string_view revision,
                                                  const Progress& progress) {
  return Exchange{*this}.revisions(
      {{"call", "upgrade"}, {"revision", revision}, {"traced", observer_.traces()}}, progress);
}

Result<std::vector<std::string>> Session::downgrade(std::string_view revision,
                                                    const Progress& progress) {
  return Exchange{*this}.revisions(
      {{"call", "downgrade"}, {"revision", revision}, {"traced", observer_.traces()}}, progress);
}

Result<void> Session::step(Direction direction, const std::string& revision) {
  const auto answer =
      Exchange{*this}.ask({{"call", "step"},
                           {"direction", direction == Direction::up ? "up" : "down"},
                           {"revision", revision},
                           {"traced", observer_.traces()}});
  if (!answer) {
    return base::failure(answer.error());
  }
  return {};
}

Result<std::map<std::string, std::string>> Session::idle_downgrades() {
  const auto answer = Exchange{*this}.ask({{"call", "idle_downgrades"}});
  if (!answer) {
    return base::failure(answer.error());
  }
  return answer->at("revisions").get<std::map<std::string, std::string>>();
}

Result<std::vector<std::string>> Session::heads() {
  return Exchange{*this}.revisions({{"call", "heads"}});
}

Result<std::vector<std::string>> Session::current() {
  return Exchange{*this}.revisions({{"call", "current"}});
}

Result<std::optional<Session::Made>> Session::make_revision(const std::string& message,
                                                            const std::string& id) {
  const auto answer =
      Exchange{*this}.ask({{"call", "make_revision"}, {"message", message}, {"id", id}});
  if (!answer) {
    return base::failure(answer.error());
  }
  const Json& made = answer->at("made");
  if (made.empty()) {
    return std::nullopt;
  }
  Made result{made.at(0).at(0).get<std::string>(), made.at(0).at(1).get<std::string>()};
  if (result.path.starts_with(root_ + "/")) {
    result.path.erase(0, root_.size() + 1);
  }
  return result;
}

Result<EnvironmentSettings> Session::settings() {
  const auto answer = Exchange{*this}.ask({{"call", "settings"}});
  if (!answer) {
    return base::failure(answer.error());
  }
  const Json& version_table = answer->at("version_table");
  return EnvironmentSettings{.has_metadata = answer->at("has_metadata").get<bool>(),
                             .tables = schema_names(answer->at("tables")),
                             .types = schema_names(answer->at("types")),
                             .sequences = schema_names(answer->at("sequences")),
                             .include_schemas = answer->at("include_schemas").get<bool>(),
                             .version_table = {version_table.at(0).get<std::string>(),
                                               version_table.at(1).get<std::string>()},
                             .has_filters = answer->at("has_filters").get<bool>()};
}

Result<void> Session::create_all() {
  const auto answer = Exchange{*this}.ask({{"call", "create_all"}});
  if (!answer) {
    return base::failure(answer.error());
  }
  return {};
}

Result<std::vector<Excluded>> Session::excluded(const std::vector<Candidate>& candidates) {
  Json tables = Json::array();
  for (const Candidate& candidate : candidates) {
    Json parts = Json::array();
    for (const Part& part : candidate.parts) {
      parts.push_back({part.kind, part.name, part.columns});
    }
    tables.push_back({{"schema", candidate.schema},
                      {"name", candidate.table},
                      {"exists", candidate.exists},
                      {"parts", std::move(parts)}});
  }
  const auto answer = Exchange{*this}.ask({{"call", "excluded"}, {"tables", std::move(tables)}});
  if (!answer) {
    return base::failure(answer.error());
  }
  std::vector<Excluded> result;
  for (const Json& each : answer->at("excluded")) {
    Excluded excluded{.schema = each.at(1).get<std::string>(),
                      .table = each.at(2).get<std::string>()};
    if (const auto kind = each.at(0).get<std::string>(); kind != "table") {
      excluded.part = Part{kind, each.at(3).get<std::string>()};
    }
    result.push_back(std::move(excluded));
  }
  return result;
}

Result<std::optional<SeedFailure>> Session::seed(const std::string& file,
                                                 const std::string& revision) {
  const Exchange exchange{*this};
  const auto answer = exchange.ask({{"call", "seed"}, {"file", file}, {"revision", revision}});
  if (!answer) {
    return base::failure(answer.error());
  }
  return exchange.failure_in(*answer);
}

}  // namespace gauger::alembic
