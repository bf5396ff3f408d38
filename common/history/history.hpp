// The revisions of a project as a graph, meaning what alembic/script/revision.py (RevisionMap)
// means by it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "history/revision.hpp"

namespace gauger::history {

// Names a revision of one History.
using Index = std::uint32_t;

// An id in `down_revision` or `depends_on` that no revision has.
struct Missing {
  enum class From : std::uint8_t { down_revision, depends_on };

  Index revision = 0;  // the one that names it
  From from = From::down_revision;
  std::string name;
  bool external = false;  // one of the ids that the project says live in another package
};

// A branch label and the revision that carries it.
struct Label {
  std::string name;
  Index revision = 0;
};

// Owns its revisions, in the order in which they were given, which is Alembic's: of several files
// with one id the last is the revision, and the others are *shadowed*. A shadowed revision has an
// Index and its own `missing` references, but is no node of the graph.
//
// Any input is accepted, with dangling parents, cycles and all; problems.hpp tells what is wrong
// with it. Building it costs O(n log n) for n revisions and parents.
class History {
 public:
  // `external`: ids of revisions that live in another installed package.
  explicit History(std::vector<Revision> revisions, std::vector<std::string> external = {});
  History(const History&) = delete;
  History& operator=(const History&) = delete;
  History(History&&) = default;
  History& operator=(History&&) = default;
  ~History() = default;

  [[nodiscard]] Index size() const { return static_cast<Index>(revisions_.size()); }
  [[nodiscard]] const Revision& operator[](Index index) const { return revisions_[index]; }
  [[nodiscard]] std::span<const Revision> revisions() const { return revisions_; }
  [[nodiscard]] bool shadowed(Index index) const { return shadowed_[index]; }

  // Neighbours by `down_revision`: those that exist, each once, without the revision itself.
  [[nodiscard]] std::span<const Index> parents(Index index) const { return parents_.of(index); }
  [[nodiscard]] std::span<const Index> children(Index index) const { return children_.of(index); }
  // Neighbours by `depends_on`, labels resolved; a revision that depends on its own label is its
  // own dependency.
  [[nodiscard]] std::span<const Index> dependencies(Index index) const {
    return dependencies_.of(index);
  }
  [[nodiscard]] std::span<const Index> dependents(Index index) const {
    return dependents_.of(index);
  }

  // Revisions that are nobody's `down_revision`; one that others only depend on is a head too.
  [[nodiscard]] const std::vector<Index>& heads() const { return heads_; }
  // Revisions whose `down_revision` is None or empty.
  [[nodiscard]] const std::vector<Index>& bases() const { return bases_; }
  // Revisions that are the `down_revision` of more than one.
  [[nodiscard]] const std::vector<Index>& branch_points() const { return branch_points_; }
  // Revisions that name more than one `down_revision`.
  [[nodiscard]] const std::vector<Index>& merge_points() const { return merge_points_; }

  [[nodiscard]] const std::vector<Missing>& missing() const { return missing_; }
  // Sorted by name; the first that carries a label comes first. Shadowed revisions have theirs.
  [[nodiscard]] const std::vector<Label>& labels() const { return labels_; }

  // The revision with exactly this id.
  [[nodiscard]] std::optional<Index> find(std::string_view id) const;
  // The revision that carries this label.
  [[nodiscard]] std::optional<Index> find_label(std::string_view label) const;

  // What a person or a setting means by `text`: an id, a branch label, or the beginning of just one
  // id or label of more than three characters, as in RevisionMap._revision_for_ident.
  //
  // Error (usage): it names nothing (with the nearest id), or more than one.
  [[nodiscard]] base::Result<Index> resolve(std::string_view text) const;
  // The ids and labels, of more than three characters, that begin with `text`; at most `limit`.
  [[nodiscard]] std::vector<std::string> completions(std::string_view text,
                                                     std::size_t limit) const;
  // The id or label that was probably meant.
  [[nodiscard]] std::optional<std::string> nearest(std::string_view name) const;

 private:
  // Lists of neighbours, one behind the other.
  class Adjacency {
   public:
    struct Edge {
      Index from = 0;
      Index to = 0;
    };
    Adjacency() = default;
    Adjacency(Index nodes, std::span<const Edge> edges);
    [[nodiscard]] std::span<const Index> of(Index node) const {
      return std::span(targets_).subspan(begins_[node], begins_[node + 1] - begins_[node]);
    }

   private:
    std::vector<Index> begins_;  // one more than there are nodes
    std::vector<Index> targets_;
  };

  class EdgeList;

  struct IdEntry {
    std::uint64_t leading = 0;  // base::leading_bytes of the id
    Index revision = 0;
  };

  // Where the first id that is not less than `id` stands.
  [[nodiscard]] std::vector<IdEntry>::const_iterator first_id(std::string_view id) const;

  void index_ids();
  void index_labels();
  void connect(const std::vector<std::string>& external);
  void classify();

  std::vector<Revision> revisions_;
  std::vector<bool> shadowed_;
  std::vector<IdEntry> by_id_;  // those that are not shadowed, sorted by id
  std::vector<Label> labels_;
  std::vector<Missing> missing_;
  Adjacency parents_;
  Adjacency children_;
  Adjacency dependencies_;
  Adjacency dependents_;
  std::vector<Index> heads_;
  std::vector<Index> bases_;
  std::vector<Index> branch_points_;
  std::vector<Index> merge_points_;
};

}  // namespace gauger::history
