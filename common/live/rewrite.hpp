// A change of a project's revision files that is made as a whole, or not at all: files are set
// aside in a backup folder, others are made, and all of it is undone unless it is finished.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.hpp"
#include "base/result.hpp"
#include "database/keeper.hpp"
#include "project/project.hpp"

namespace gauger::live {

struct Move {
  std::string from;  // tree paths
  std::string to;    // nothing is there
};

// Puts back what is no file, by the facts of a rewrite.
using Restore = std::function<base::Result<void>(const base::Json& facts)>;

struct RewritePlan {
  std::string root;    // absolute: the tree's
  std::string folder;  // tree path of the backup folder, which is not there yet
  std::vector<Move> moves{};
  // What an undo removes: files by path, and those that a version location has got since, with this
  // revision's id in their name or text, or with nothing in them.
  std::vector<std::string> made{};
  std::string revision{};
  std::vector<std::string> locations{};     // tree paths
  base::Json facts = base::Json::object();  // kept in the backup folder, with what is above
  Restore restore{};                        // first of all, when it is undone; empty: files only
};

// Undone by a process of its own (see Keeper), so that a SIGKILL of this one changes nothing. Where
// that process dies as well, as in a power cut, the journal in the backup folder tells recover()
// what to do.
class Rewrite {
 public:
  // Moves the files. Error (unreadable): one cannot be moved; all are where they were.
  [[nodiscard]] static base::Result<Rewrite> start(const RewritePlan& plan);
  // What finished_rewrites() will have, in place of the plan's. An undo knows those of the plan.
  void set_facts(base::Json facts) { plan_.facts = std::move(facts); }
  // From here on nothing is undone. Error (unreadable): that cannot be written; it will be undone.
  [[nodiscard]] base::Result<void> finish();

  // Whether the rewrite with this backup folder (absolute) was finished.
  [[nodiscard]] static bool is_finished(const std::string& folder);

 private:
  Rewrite(database::Keeper keeper, RewritePlan plan)
      : keeper_(std::move(keeper)), plan_(std::move(plan)) {}

  database::Keeper keeper_;
  RewritePlan plan_;
};

// Undoes what dead runs have left unfinished. `restore` is given the facts of each first: what it
// cannot put back stays in the journal. Without it a journal that has a "database" among its facts
// is left to db-nuke.
//
// Error (unreadable): a living run is at work; a file cannot be moved back; db-nuke is wanted.
[[nodiscard]] base::Result<void> recover(const project::Project& project,
                                         const std::function<void(std::string_view)>& note,
                                         const Restore& restore = {});

// The facts of all finished rewrites of a project, oldest first.
[[nodiscard]] std::vector<base::Json> finished_rewrites(const project::Project& project);

// This moment, as backups are named: "20250131T120000Z".
[[nodiscard]] std::string backup_time();

// Tree path of a new backup folder beside these revisions: "migrations/versions/.squash_backup/
// 20250131T120000Z". `kind`: "squash".
[[nodiscard]] std::string backup_folder(const project::Project& project, std::string_view kind);

// Where a file goes in the backup folder: under a name that Alembic never loads.
[[nodiscard]] std::string backup_path(const std::string& folder, const std::vector<Move>& moves,
                                      const std::string& path);

// As Alembic makes them: twelve hexadecimal digits.
[[nodiscard]] std::string new_revision_id();

}  // namespace gauger::live
