// What there is to check and how the team wants it checked, as plain values.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/file_tree.hpp"
#include "base/result.hpp"

namespace gauger::project {

// A value of a rule's option table; engine validates it against the rule.
using OptionValue = std::variant<bool, std::int64_t, double, std::string, std::vector<std::string>>;
using OptionTable = std::map<std::string, OptionValue>;

enum class TagScope : std::uint8_t { statement, file };

// gauger.toml, or [tool.gauger] of pyproject.toml (README.md, "Configuration").
struct LintSettings {
  std::vector<std::string> select;
  std::vector<std::string> ignore;
  std::optional<std::string> baseline;  // a revision id
  TagScope tag_scope = TagScope::statement;
  bool require_reason = false;
  int postgres_version = 14;                    // major of the oldest server in use
  bool postgres_version_said = false;           // it is not just the default
  std::map<std::string, std::string> wrappers;  // helper name -> Alembic operation
  std::map<std::string, OptionTable> rules;     // [lint.<rule>]
  // Where "<rule>" and "<rule>.<option>" stand in the file, for the errors of whoever knows them.
  std::map<std::string, base::Position> positions;
};

struct HistorySettings {
  std::optional<std::string> baseline;
  bool allow_merges = false;
  std::vector<std::string> branches;  // labels that may each have a head of their own
  std::vector<std::string> external;  // revisions that live in another installed package
};

struct PullRequestSettings {
  std::optional<std::string> base;
  int max_migrations = 1;
  int min_migrations = 1;
};

enum class ScratchKind : std::uint8_t { private_server, environment };

struct DatabaseSettings {
  ScratchKind scratch = ScratchKind::private_server;
  std::string env_file;            // absolute; it is read from the disk, never from git
  bool env_file_required = false;  // named by the settings, not merely the default
  std::vector<std::string> dsn_environment;
  std::vector<std::string> python;
  std::map<std::string, std::string> environment;
};

// An entry of [drift] allow: a token, or kind and object.
struct DriftAllowance {
  std::string token;  // matched as a substring; empty for a structured entry
  std::string kind;
  std::string object;
};

struct DriftSettings {
  std::vector<DriftAllowance> allow;
  std::vector<std::string> ignore_tables;
};

using Cell = std::variant<std::monostate, bool, std::int64_t, double, std::string>;

struct SeedDataSettings {
  std::string table;
  std::optional<std::string> schema;
  std::vector<std::string> key;
  std::vector<std::map<std::string, Cell>> required;
  std::vector<std::string> columns;
};

// Paths and globs are written relative to the file they stand in (with --config: to the project's
// folder) and are tree paths here, ready for base::glob_match and for paths that git names.
struct Settings {
  std::string source;  // tree path of the file (absolute where it lies outside); empty: defaults
  std::optional<std::string> alembic;     // the ini, or a pyproject.toml with [tool.alembic]
  std::vector<std::string> schema_paths;  // globs
  std::string seeds = "scripts/seeds";
  std::vector<std::string> startup_paths;  // globs
  std::string environment_prefix = "GAUGER";
  LintSettings lint;
  HistorySettings history;
  PullRequestSettings pull_request;
  DatabaseSettings database;
  DriftSettings drift;
  std::vector<SeedDataSettings> seed_data;
};

// Alembic's own configuration, read as Alembic reads it (alembic/config.py, script/base.py).
struct AlembicSettings {
  std::string ini;      // tree path of the ini; of pyproject.toml where there is no ini
  std::string toml;     // tree path of the pyproject.toml that was read; empty: none
  std::string section;  // "alembic" unless -n says otherwise; "tool.alembic" for pyproject only
  std::string script_location;                 // tree path of the folder, which exists
  std::vector<std::string> version_locations;  // tree paths of folders, which need not exist
  // Version locations in packages that are not in the tree, as written. An Error of `load` unless
  // [history] external names revisions.
  std::vector<std::string> external_locations;
  // Tree paths of the folders where the project's own modules are imported from: prepend_sys_path,
  // the folder of the ini, of the project, the root, and `src` in them. Those that exist.
  std::vector<std::string> import_folders;
  bool recursive_version_locations = false;
  bool sourceless = false;
  std::string file_template;  // as written, %% undone; empty: Alembic's default
  std::string timezone;       // empty: none set
};

// `tree` is rooted at the repository (or, outside git, at the project's folder), since script
// locations and helper modules may lie beside the project; all paths below are paths in it.
struct Project {
  std::string repository_root;  // absolute; what the tree is rooted at
  std::string folder;           // of the project in the tree; "" when it is the root
  Settings settings;
  AlembicSettings alembic;
};

// How a tool was asked to find its project. Everything that depends on the process (current
// folder, environment) comes in here.
struct Request {
  std::string current_folder;                 // absolute
  std::optional<std::string> project_folder;  // --project
  std::optional<std::string> config_file;     // --config
  std::optional<std::string> section;         // -n, the ini's section
  std::map<std::string, std::string> environment;
};

// Finds and reads the configuration.
//
// Settings: --config, else the first gauger.toml or pyproject.toml with [tool.gauger] in the folder
// and its parents up to the repository's root; both in one folder are an Error. Where there is none
// and the ini was found below, also in the folders between.
// The project's folder: --project, else the folder of the settings, else of the ini that was found
// in the folder or a parent, else the current folder.
// The ini: `alembic` in the settings, else ALEMBIC_CONFIG, else what is in the folder, in its
// parents up to the repository's root, below it (an explicit --project looks below first). One hit
// is used, several below are an Error that lists them and asks for --project. A pyproject.toml
// whose [tool.alembic] has a script_location is a hit, too; beside an ini it adds the keys that the
// ini does not have. Without a repository no parents are looked at.
//
// Paths in its errors are relative to the current folder, or absolute where they lie elsewhere.
[[nodiscard]] base::Result<Project> load(const Request& request);

// One file of a version location, as Alembic would load it.
struct RevisionFile {
  std::string path;          // tree path, symbolic links followed where that stays in the tree
  std::size_t location = 0;  // the place in `version_locations` of the one it was found in
  bool compiled = false;     // under `sourceless`: a .pyc or .pyo without a source to read
};

// The files that the script directory of Alembic 1.16 and newer would load as revisions, in its
// order: by location, in each as os.walk goes, by name. Follows ScriptDirectory._load_revisions,
// Script._list_py_dir and _from_path: names with a leading dot load, `__init__*` and editor locks
// do not, a symbolic link counts under the name of what it points to, linked folders are not
// entered, and a file that was seen before is left out.
struct RevisionFiles {
  std::vector<RevisionFile> files;
  // Folders that cannot be listed (Alembic passes over them), links and pipes it would stop at.
  std::vector<base::Error> errors;
  std::vector<std::string> missing;  // version locations that do not exist, which Alembic allows
  // Folders in a version location that have revisions and are not entered, since the location is
  // not recursive. Some projects name them in their own code only.
  std::vector<std::string> not_entered;
};
[[nodiscard]] RevisionFiles revision_files(const base::FileTree& tree,
                                           const AlembicSettings& alembic);

// What to tell about them: a sentence; empty where there are none.
[[nodiscard]] std::string not_entered_note(const Project& project,
                                           const std::vector<std::string>& not_entered);

// A tree path as people want to read it: relative to the project's folder ("../lib/x.py" for what
// lies beside it).
[[nodiscard]] std::string relative_to_project(const Project& project, const std::string& path);

}  // namespace gauger::project
