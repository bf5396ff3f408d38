// What revisions do, read on all cores and kept only as long as it is needed.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/file_tree.hpp"
#include "base/result.hpp"
#include "eval/module.hpp"
#include "history/history.hpp"
#include "migration/migration.hpp"

namespace gauger::tools {

struct ReadRevision {
  std::string content{};  // of the file
  std::optional<migration::Migration> migration{};
  std::optional<base::Error> error{};  // instead of a migration
};

class RevisionReader {
 public:
  // All must outlive the reader. `order`: in which the revisions will be asked for, about.
  RevisionReader(const base::FileTree& tree, eval::Library& library,
                 const migration::Settings& settings, const history::History& history,
                 std::vector<history::Index> order);

  // The revision, read together with those that come next in the order. What was got before may be
  // given up by this.
  const ReadRevision& get(history::Index revision);
  [[nodiscard]] ReadRevision read_one(history::Index revision) const;

 private:
  struct Kept {
    ReadRevision read{};
    bool used = false;
  };

  void read_from(history::Index revision);

  const base::FileTree& tree_;
  eval::Library& library_;
  const migration::Settings& settings_;
  const history::History& history_;
  std::vector<history::Index> order_;
  std::size_t next_ = 0;  // of order_: those before it have been read
  std::unordered_map<history::Index, Kept> kept_;
};

}  // namespace gauger::tools
