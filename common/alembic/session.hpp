// The project's own Alembic, in the project's own Python, on one database: a scratch database, or
// the project's own for the tools that are there to write it.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "alembic/python.hpp"
#include "base/process.hpp"
#include "base/result.hpp"
#include "project/project.hpp"

namespace gauger::alembic {

// SQL whose one value tells a database from all others, also from one of its name on another server
// or at another time. Any role may run it.
[[nodiscard]] std::string_view identity_sql();

struct SessionOptions {
  std::string dsn{};       // of the database that is meant, as libpq and SQLAlchemy take it
  std::string database{};  // its name
  std::string identity{};  // what identity_sql() gives there
  std::string role = "the scratch database";  // what the guard calls it
  // Of this process, with what .env adds: see project_environment().
  Environment environment{};
  std::chrono::milliseconds timeout = std::chrono::minutes(10);  // for each request
  // Asked about once a second while a request runs: its error ends the project's code, and is what
  // the request gives.
  std::function<base::Result<void>()> meanwhile{};
  // SQL of two values, a mark of the tables of the database and their names; these are NULL where
  // the mark is the one that was put in place of "@mark@". Empty: statements are not traced.
  std::string tables_sql{};
};

// The environment of the project's own code: this process's, and what the .env file and then
// [database] environment set besides.
[[nodiscard]] Environment project_environment(const project::Project& project,
                                              const Environment& process,
                                              const Environment& env_file);

// The variables in which the project's code finds the scratch database: those that Gauger reads a
// DSN from, and DATABASE_URL, which is so common that another database in it would be a danger.
[[nodiscard]] std::vector<std::string> scratch_variables(const project::Settings& settings);

// A part of a table, as Alembic's filters have it.
struct Part {
  std::string kind;  // "column", "index", "unique_constraint", "foreign_key_constraint"
  std::string name;
  std::vector<std::string> columns{};  // of a constraint: the models may have it without a name
  friend auto operator<=>(const Part&, const Part&) = default;
};

struct Candidate {
  std::string schema;
  std::string table;
  bool exists = true;  // in the database of the session
  std::vector<Part> parts{};
};

struct Excluded {
  std::string schema;
  std::string table;
  std::optional<Part> part{};  // nothing: all of the table
};

struct SchemaName {
  std::string schema;  // empty: the default one
  std::string name;
  friend auto operator<=>(const SchemaName&, const SchemaName&) = default;
};

// What env.py has told Alembic.
struct EnvironmentSettings {
  bool has_metadata = false;         // a target_metadata
  std::vector<SchemaName> tables{};  // in it
  std::vector<SchemaName> types{};   // enums and domains of its columns
  std::vector<SchemaName> sequences{};
  bool include_schemas = false;
  SchemaName version_table{};
  bool has_filters = false;  // include_name, include_object
};

// A migration that failed.
struct Failure {
  std::string revision{};
  std::string message{};    // the server's, or the exception's with its type
  std::string statement{};  // empty: it failed between statements
  std::string sqlstate{};
  std::string missing_extension{};  // its name, where the server has none of that name
  std::string exception{};          // the type's name; empty: Python has ended, or does not answer
  bool raised = false;              // by a `raise` in the revision's own file
  std::string path{};               // the source line's, as of an Error
  std::uint32_t line = 0;           // 0: not known
};

// Whether a failure of that SQLSTATE says nothing of what was run: class 53 of PostgreSQL's error
// codes, the server lacks memory, connections or room on its disk.
[[nodiscard]] bool lacks_resources(std::string_view sqlstate);

// A seed script that failed.
struct SeedFailure {
  base::Error error;
  std::string sqlstate{};
};

enum class Direction : std::uint8_t { up, down };

// A statement of a migration that has run, sound.
struct Statement {
  std::string text{};  // as the driver got it, with its parameters' marks
  double seconds = 0;
  std::string path{};      // of the revision, as of an Error
  std::uint32_t line = 0;  // 0: not known
  std::int64_t rows = -1;  // as the driver counts them; -1: it does not
  int process = 0;         // of the server, for this session; 0: not known
  bool watched = false;    // it ran outside a transaction: Observer::watch was called before
  std::vector<std::string> heard{};  // the server's messages of level DEBUG1 and DEBUG2
};

// A migration that begins.
struct Beginning {
  int process = 0;  // of the server, for a session with an open transaction; 0: none, and others
                    // see the tables that it sees
  // The names that SessionOptions::tables_sql gave in that transaction; nothing: they are those of
  // the beginning before.
  std::optional<std::string> tables{};
  // No statement since the beginning before can have made, dropped or renamed a table.
  bool kept = false;
  bool hears = false;  // the driver gives us the server's messages
};

// What a session tells while it migrates. Any may be empty.
struct Observer {
  std::function<void(const std::string& revision)> starts{};
  std::function<void(const std::string& revision, double seconds)> ends{};  // not if it failed

  // These only with SessionOptions::tables_sql. The project's code does not go on to its next
  // statement, or to the end of its transaction, before they have returned, or called `go_on`.

  std::function<void(const Beginning& beginning)> begins{};
  std::function<void(const Statement& statement, const std::function<void()>& go_on)> statement{};
  // A statement will run outside a transaction, so that its locks are gone when it has ended.
  std::function<void(int process)> watch{};
  // Called while it runs, again and again; gives how long to wait for the next time.
  std::function<std::chrono::milliseconds(int process)> look{};

  // Where not, the project's code is not stopped anywhere.
  [[nodiscard]] bool traces() const { return begins || statement; }
};

// The project's own Python, which is starting and imports Alembic: for one that has a database to
// make meanwhile. Ends with its owner.
class Interpreter {
 public:
  // Of the options it takes environment, timeout and meanwhile.
  [[nodiscard]] static base::Result<Interpreter> start(const project::Project& project,
                                                       const SessionOptions& options);

 private:
  friend class Session;
  Interpreter(base::Conversation process, Python python)
      : process_(std::move(process)), python_(std::move(python)) {}

  base::Conversation process_;
  Python python_;
};

// A Python process that has imported the project's code; settings are often cached at import, so
// each database needs one of its own. Ended, with all that the project's code started in
// its process group, with its owner, however that goes.
//
// The scratch database's DSN is in the environment (scratch_variables()) and in Alembic's
// sqlalchemy.url before env.py is read, with SQLAlchemy's driver of the project's own DSN, else of
// the ini's, else one that is installed. The guard compares every connection that SQLAlchemy opens,
// and the one that env.py gives to Alembic before each request's work, with `identity`; after a
// refusal each request fails. What does not go through SQLAlchemy is not seen: raw drivers, child
// processes.
//
// Errors (environment): the project's code failed, with the server's message, and in `help` the
// revision, the statement and the end of what was printed; path and position are the project's own
// source line, a tree path where it is in the tree. The guard's refusal. No answer in time.
class Session {
 public:
  [[nodiscard]] static base::Result<Session> start(const project::Project& project,
                                                   const SessionOptions& options);
  [[nodiscard]] static base::Result<Session> start(const project::Project& project,
                                                   const SessionOptions& options,
                                                   Interpreter interpreter);

  using Progress = std::function<void(const std::string& revision)>;
  // The revisions that were run. `revision` is any that Alembic's command takes: "head", "+1".
  [[nodiscard]] base::Result<std::vector<std::string>> upgrade(std::string_view revision,
                                                               const Progress& progress = {});
  [[nodiscard]] base::Result<std::vector<std::string>> downgrade(std::string_view revision,
                                                                 const Progress& progress = {});
  // Just this revision: what it stands on must be there, and nothing on top of it.
  [[nodiscard]] base::Result<void> step(Direction direction, const std::string& revision);
  // Of the last of these three: the migration that failed. Nothing: none did, or it failed outside
  // the migrations.
  [[nodiscard]] const std::optional<Failure>& failure() const { return failure_; }
  void observe(Observer observer) { observer_ = std::move(observer); }

  // The revisions whose downgrade() does nothing, by their ids: "is empty", "is missing", "raises";
  // "nothing" where upgrade() is empty, too.
  [[nodiscard]] base::Result<std::map<std::string, std::string>> idle_downgrades();

  [[nodiscard]] base::Result<std::vector<std::string>> heads();
  [[nodiscard]] base::Result<std::vector<std::string>> current();

  // `alembic revision --autogenerate`: what the models have and the database, which must be at
  // head, lacks. `id`: of the new revision; empty: Alembic's choice. Nothing: there is no
  // difference, and no file was written.
  struct Made {
    std::string revision;
    std::string path;  // tree path
  };
  [[nodiscard]] base::Result<std::optional<Made>> make_revision(const std::string& message,
                                                                const std::string& id = {});

  [[nodiscard]] base::Result<EnvironmentSettings> settings();
  // What the models' target_metadata says, enums with create_type=False too. What only migrations
  // make (schemas, extensions, functions) must be there.
  [[nodiscard]] base::Result<void> create_all();
  // What env.py's include_name and include_object leave out, called as autogenerate calls them.
  [[nodiscard]] base::Result<std::vector<Excluded>> excluded(
      const std::vector<Candidate>& candidates);

  // Calls seed(connection) of the file (an absolute path) and records the revision in
  // seed_versions, which exists, in one transaction; without env.py. `async def` gets an
  // AsyncConnection, `def` a Connection. Nothing: it is done. What the script itself made fail is
  // no Error of the session, which goes on.
  [[nodiscard]] base::Result<std::optional<SeedFailure>> seed(const std::string& file,
                                                              const std::string& revision);

  [[nodiscard]] const std::string& alembic_version() const { return alembic_version_; }
  [[nodiscard]] const std::string& driver() const { return driver_; }
  // The server's processes of the connections that SQLAlchemy has opened: "<pid> <backend_start's
  // epoch>", as the server writes them.
  [[nodiscard]] const std::vector<std::string>& backends() const { return backends_; }
  // Whether it has ended, or was given up: no further request can be answered.
  [[nodiscard]] bool is_broken() const { return !broken_.empty(); }
  // Ends the project's code at once.
  void end() { process_.end(); }
  // What the project's code has printed, stdout and stderr, without the DSN's password.
  [[nodiscard]] std::string output() const;

 private:
  explicit Session(base::Conversation process) : process_(std::move(process)) {}

  base::Conversation process_;
  std::string dsn_;
  std::string root_;  // the repository's
  std::chrono::milliseconds timeout_{};
  std::string alembic_version_;
  std::string driver_;
  std::vector<std::string> backends_;
  std::string broken_;   // why no further request can be answered
  std::string running_;  // the revision that has been started and has not ended
  std::optional<Failure> failure_;
  Observer observer_;

  // `request` and the answer are JSON, which the header keeps out of sight.
  struct Exchange;
  friend struct Exchange;
};

}  // namespace gauger::alembic
