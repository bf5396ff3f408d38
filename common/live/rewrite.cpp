#include "live/rewrite.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <sys/file.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "base/edit.hpp"
#include "base/file_tree.hpp"
#include "project/backups.hpp"

namespace gauger::live {
namespace {

namespace fs = std::filesystem;
using base::Json;
using base::Result;

tl::unexpected<base::Error> problem(std::string message, std::string help = {}) {
  return base::failure({.kind = base::ErrorKind::unreadable,
                        .message = std::move(message),
                        .help = std::move(help)});
}

std::string read_text(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    names.push_back(it->path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

Json journal_of(const RewritePlan& plan) {
  Json moves = Json::array();
  for (const Move& move : plan.moves) {
    moves.push_back({move.from, move.to});
  }
  Json before = Json::object();
  for (const std::string& location : plan.locations) {
    before[location] = names_in(fs::path(plan.root) / location);
  }
  return {{"folder", plan.folder},     {"moves", moves},   {"made", plan.made},
          {"revision", plan.revision}, {"before", before}, {"facts", plan.facts}};
}

Result<void> move_file(const fs::path& from, const fs::path& to) {
  std::error_code error;
  if (fs::exists(fs::symlink_status(to))) {
    return problem(fmt::format("{} is there already", to.string()));
  }
  fs::create_directories(to.parent_path(), error);
  fs::rename(from, to, error);
  if (error) {
    return problem(
        fmt::format("cannot move {} to {}: {}", from.string(), to.string(), error.message()));
  }
  return {};
}

// What Python has compiled of a file would be loaded in its place, under `sourceless`.
void remove_compiled(const fs::path& source) {
  const fs::path cache = source.parent_path() / "__pycache__";
  const std::string begin = source.stem().string() + ".";
  for (const std::string& name : names_in(cache)) {
    if (name.starts_with(begin) && name.ends_with(".pyc")) {
      std::error_code ignored;
      fs::remove(cache / name, ignored);
    }
  }
}

// A file that a version location has got since, and that is ours.
bool is_made(const fs::path& path, const std::string& revision) {
  if (path.extension() != ".py" || revision.empty()) {
    return false;
  }
  const std::string text = read_text(path);
  return text.empty() || text.find(revision) != std::string::npos ||
         path.filename().string().find(revision) != std::string::npos;
}

void remove_made(const fs::path& root, const Json& journal) {
  std::error_code ignored;
  for (const Json& path : journal.at("made")) {
    fs::remove(root / path.get<std::string>(), ignored);
  }
  const auto revision = journal.at("revision").get<std::string>();
  for (const auto& [location, before] : journal.at("before").items()) {
    const auto known = before.get<std::vector<std::string>>();
    for (const std::string& name : names_in(root / location)) {
      const fs::path path = root / location / name;
      if (!std::binary_search(known.begin(), known.end(), name) && is_made(path, revision)) {
        fs::remove(path, ignored);
      }
    }
  }
}

// Does nothing where it was finished.
Result<void> undo(const std::string& root, const std::string& folder) {
  const fs::path backup = fs::path(root) / folder;
  const fs::path journal_path = backup / project::backup_journal;
  if (!fs::exists(journal_path) || Rewrite::is_finished(backup.string())) {
    return {};
  }
  const auto journal = base::parse_json(read_text(journal_path));
  if (!journal) {
    return problem(fmt::format("{} is no journal", journal_path.string()),
                   "move the files beside it back by hand, then remove the folder");
  }
  remove_made(root, *journal);
  const Json& moves = journal->at("moves");
  for (auto move = moves.rbegin(); move != moves.rend(); ++move) {
    const fs::path from = fs::path(root) / move->at(0).get<std::string>();
    const fs::path to = fs::path(root) / move->at(1).get<std::string>();
    if (!fs::exists(fs::symlink_status(to))) {
      continue;  // it was not moved yet
    }
    if (auto moved = move_file(to, from); !moved) {
      return moved;
    }
  }
  std::error_code ignored;
  fs::remove_all(backup, ignored);
  const std::vector<std::string> left = names_in(backup.parent_path());
  if (left.empty() || left == std::vector<std::string>{".gitignore"}) {
    fs::remove_all(backup.parent_path(), ignored);
  }
  return {};
}

// The lock on the journal is held as long as this process lives; its descriptor is never closed.
bool lock_journal(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  return descriptor >= 0 && ::flock(descriptor, LOCK_EX | LOCK_NB) == 0;
}

Result<std::string> make(const RewritePlan& plan) {
  const fs::path backup = fs::path(plan.root) / plan.folder;
  std::error_code error;
  fs::create_directories(backup, error);
  if (error) {
    return problem(fmt::format("cannot make {}: {}", backup.string(), error.message()));
  }
  const std::string parent(base::parent_path(plan.folder));
  // Nobody wants the backups in the next commit.
  if (auto written = base::write_file(plan.root, parent + "/.gitignore", "*\n"); !written) {
    return base::failure(written.error());
  }
  if (auto written =
          base::write_file(plan.root, fmt::format("{}/{}", plan.folder, project::backup_journal),
                           base::dump(journal_of(plan), base::JsonLayout::indented) + "\n");
      !written) {
    return base::failure(written.error());
  }
  if (!lock_journal(backup / project::backup_journal)) {
    return problem(fmt::format("cannot lock the journal in {}", backup.string()));
  }
  for (const Move& move : plan.moves) {
    if (auto moved = move_file(fs::path(plan.root) / move.from, fs::path(plan.root) / move.to);
        !moved) {
      return base::failure(moved.error());
    }
    remove_compiled(fs::path(plan.root) / move.from);
  }
  return plan.folder;
}

}  // namespace

Result<Rewrite> Rewrite::start(const RewritePlan& plan) {
  // What cannot be undone is still in the journal, for recover() to tell.
  const auto undo_all = [&] {
    const std::string folder = fmt::format("{}/{}", plan.root, plan.folder);
    if (plan.restore && !is_finished(folder) && !plan.restore(plan.facts)) {
      return;
    }
    static_cast<void>(undo(plan.root, plan.folder));
  };
  auto keeper = database::Keeper::start([&] { return make(plan); }, undo_all);
  if (!keeper) {
    return base::failure(std::move(keeper.error()));
  }
  return Rewrite(*std::move(keeper), plan);
}

Result<void> Rewrite::finish() {
  return base::write_file(plan_.root, fmt::format("{}/{}", plan_.folder, project::backup_finished),
                          base::dump(plan_.facts, base::JsonLayout::indented) + "\n");
}

bool Rewrite::is_finished(const std::string& folder) {
  return fs::exists(fs::path(folder) / project::backup_finished);
}

Result<void> recover(const project::Project& project,
                     const std::function<void(std::string_view)>& note, const Restore& restore) {
  for (const std::string& folder : project::unfinished_backups(project)) {
    const fs::path backup = fs::path(project.repository_root) / folder;
    if (!lock_journal(backup / project::backup_journal)) {
      return problem(fmt::format("another run is changing the migrations: {}", folder),
                     "wait for it to end");
    }
    const auto journal = base::parse_json(read_text(backup / project::backup_journal));
    const Json facts = journal ? journal->value("facts", Json::object()) : Json::object();
    if (!restore && facts.contains("database")) {
      return problem(fmt::format("an interrupted db-nuke has left its work half done: {}", folder),
                     "run db-nuke once more: it puts all back before it asks for a confirmation");
    }
    if (restore) {
      if (auto restored = restore(facts); !restored) {
        return restored;
      }
    }
    if (auto undone = undo(project.repository_root, folder); !undone) {
      return undone;
    }
    note(fmt::format("an interrupted run had set files aside in {}: all are where they were",
                     folder));
  }
  return {};
}

std::vector<Json> finished_rewrites(const project::Project& project) {
  std::vector<Json> all;
  for (const std::string& folder : project::backup_folders(project)) {
    const fs::path path = fs::path(project.repository_root) / folder / project::backup_finished;
    if (!fs::exists(path)) {
      continue;
    }
    if (auto facts = base::parse_json(read_text(path)); facts && facts->is_object()) {
      all.push_back(std::move(*facts));
    }
  }
  return all;
}

std::string backup_time() {
  const auto now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm utc{};
  ::gmtime_r(&now, &utc);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y%m%dT%H%M%SZ", &utc);
  return text.data();
}

std::string backup_folder(const project::Project& project, std::string_view kind) {
  const std::string folder = fmt::format(
      "{}/.{}_backup/{}", project.alembic.version_locations.front(), kind, backup_time());
  std::string free = folder;
  for (int n = 2; fs::exists(fs::path(project.repository_root) / free); ++n) {
    free = fmt::format("{}_{}", folder, n);
  }
  return free;
}

std::string backup_path(const std::string& folder, const std::vector<Move>& moves,
                        const std::string& path) {
  const std::string wanted = fmt::format("{}/{}.bak", folder, base::file_name(path));
  std::string free = wanted;
  const auto is_taken = [&](const Move& move) { return move.to == free; };
  for (int n = 2; std::any_of(moves.begin(), moves.end(), is_taken); ++n) {
    free = fmt::format("{}.{}", wanted, n);
  }
  return free;
}

std::string new_revision_id() {
  std::random_device random;
  return fmt::format("{:012x}", ((std::uint64_t{random()} << 32U) | random()) >> 16U);
}

}  // namespace gauger::live
