// What a pull request does to migrations, seed scripts and schema files.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "cli/base_option.hpp"
#include "cli/run_tool.hpp"
#include "git/snapshot.hpp"
#include "history/revision.hpp"
#include "models/models.hpp"
#include "tools/pr-migration-count/substance.hpp"

namespace gauger::tools {

// A file at one side, decoded.
struct FileVersion {
  std::string path;
  std::string text{};
};

struct RevisionVersion {
  FileVersion file;
  std::optional<history::Revision> revision;  // nothing: cannot be read (told of the new side only)
};

// A file of the base, and what has become of it.
struct Applied {
  enum class Kind : std::uint8_t { edited, renamed, deleted };

  Kind kind = Kind::edited;
  std::string path;      // on the base
  std::string revision;  // the id; empty: a seed script, or an id that cannot be read
  FileVersion now;       // edited, renamed
  Comparison comparison;
  std::string new_revision{};  // where the id in the file has changed
  // `path` is no revision, but a file that `revision` reads, as SQL beside it.
  bool is_read = false;
};

struct PullRequest {
  // Revisions that the base does not have, by path. Merge revisions are not counted where
  // [history] allow-merges has them.
  std::vector<RevisionVersion> new_migrations;
  std::vector<Applied> applied_revisions;
  std::vector<Applied> seed_scripts;
  std::size_t changed_schema_files = 0;  // whether or not the schema in them differs
  std::vector<models::Difference> schema_differences;
  std::vector<base::Error> errors;
};

// What the merge base is compared with. `context.tree` has to be a tree of it.
enum class Against : std::uint8_t {
  working_tree,  // the files on disk, committed or not
  index          // what is staged
};

// A file is known by its revision id, wherever it moves. Notes go to `context`. Error (git,
// unreadable): nothing can be compared.
[[nodiscard]] base::Result<PullRequest> read_pull_request(const cli::Context& context,
                                                          const cli::Base& base, Against against);

}  // namespace gauger::tools
