#include "history/history.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/nearest.hpp"

namespace gauger::history {
namespace {

// Alembic completes only what is longer (RevisionMap._revision_for_ident).
constexpr std::size_t longest_uncompleted = 3;

// `depends_on = ""` is no dependency (RevisionMap._add_depends_on tests its truth).
bool has_dependencies(const Revision& revision) {
  return revision.depends_on.size() > 1 ||
         (revision.depends_on.size() == 1 && !revision.depends_on.front().empty());
}

}  // namespace

// Edges as they are found, one node after the other, each pair once.
class History::EdgeList {
 public:
  explicit EdgeList(Index nodes) : last_from_(nodes, none) {}

  void add(Index from, Index to) {
    if (last_from_[to] != from) {
      last_from_[to] = from;
      edges_.push_back({from, to});
    }
  }
  [[nodiscard]] const std::vector<Adjacency::Edge>& edges() const { return edges_; }
  [[nodiscard]] std::vector<Adjacency::Edge> reversed() const {
    std::vector<Adjacency::Edge> result = edges_;
    for (Adjacency::Edge& edge : result) {
      std::swap(edge.from, edge.to);
    }
    return result;
  }

 private:
  static constexpr Index none = std::numeric_limits<Index>::max();
  std::vector<Index> last_from_;  // by `to`: the node whose edge to it was added last
  std::vector<Adjacency::Edge> edges_;
};

History::Adjacency::Adjacency(Index nodes, std::span<const Edge> edges)
    : begins_(nodes + 1, 0), targets_(edges.size()) {
  for (const Edge& edge : edges) {
    ++begins_[edge.from + 1];
  }
  for (Index node = 0; node < nodes; ++node) {
    begins_[node + 1] += begins_[node];
  }
  std::vector<Index> next(begins_.begin(), begins_.end() - 1);
  for (const Edge& edge : edges) {
    targets_[next[edge.from]++] = edge.to;
  }
}

History::History(std::vector<Revision> revisions, std::vector<std::string> external)
    : revisions_(std::move(revisions)) {
  index_ids();
  index_labels();
  std::sort(external.begin(), external.end());
  connect(external);
  classify();
}

void History::index_ids() {
  shadowed_.assign(size(), false);
  by_id_.reserve(size());
  for (Index i = 0; i < size(); ++i) {
    by_id_.push_back({base::leading_bytes(revisions_[i].id), i});
  }
  std::sort(by_id_.begin(), by_id_.end(), [&](const IdEntry& a, const IdEntry& b) {
    if (a.leading != b.leading) {
      return a.leading < b.leading;
    }
    const int order = revisions_[a.revision].id.compare(revisions_[b.revision].id);
    return order < 0 || (order == 0 && a.revision < b.revision);
  });
  // Of several with one id the last, which comes last here, is the revision.
  const auto shadows = [&](const IdEntry& later, const IdEntry& earlier) {
    const bool same = later.leading == earlier.leading &&
                      revisions_[later.revision].id == revisions_[earlier.revision].id;
    if (same) {
      shadowed_[earlier.revision] = true;
    }
    return same;
  };
  by_id_.erase(by_id_.begin(), std::unique(by_id_.rbegin(), by_id_.rend(), shadows).base());
}

std::vector<History::IdEntry>::const_iterator History::first_id(std::string_view id) const {
  const std::uint64_t leading = base::leading_bytes(id);
  return std::lower_bound(
      by_id_.begin(), by_id_.end(), id, [&](const IdEntry& entry, std::string_view wanted) {
        return entry.leading != leading ? entry.leading < leading
                                        : revisions_[entry.revision].id < wanted;
      });
}

void History::index_labels() {
  for (Index i = 0; i < size(); ++i) {
    for (const std::string& name : revisions_[i].branch_labels) {
      labels_.push_back({name, i});
    }
  }
  std::stable_sort(labels_.begin(), labels_.end(),
                   [](const Label& a, const Label& b) { return a.name < b.name; });
}

void History::connect(const std::vector<std::string>& external) {
  EdgeList up(size());
  EdgeList dependency(size());
  const auto miss = [&](Index index, Missing::From from, const std::string& name) {
    const bool known = std::binary_search(external.begin(), external.end(), name);
    missing_.push_back({index, from, name, known});
  };

  for (Index i = 0; i < size(); ++i) {
    for (const std::string& name : revisions_[i].down_revisions) {
      const std::optional<Index> parent = find(name);
      if (!parent) {
        miss(i, Missing::From::down_revision, name);
      } else if (!shadowed_[i] && *parent != i) {
        up.add(i, *parent);
      }
    }
    if (!has_dependencies(revisions_[i])) {
      continue;
    }
    for (const std::string& name : revisions_[i].depends_on) {
      std::optional<Index> target = find(name);
      if (!target) {
        target = find_label(name);
      }
      if (!target) {
        miss(i, Missing::From::depends_on, name);
      } else if (!shadowed_[i]) {
        dependency.add(i, *target);
      }
    }
  }

  parents_ = Adjacency(size(), up.edges());
  children_ = Adjacency(size(), up.reversed());
  dependencies_ = Adjacency(size(), dependency.edges());
  dependents_ = Adjacency(size(), dependency.reversed());
}

void History::classify() {
  for (Index i = 0; i < size(); ++i) {
    if (shadowed_[i]) {
      continue;
    }
    if (children(i).empty()) {
      heads_.push_back(i);
    }
    if (children(i).size() > 1) {
      branch_points_.push_back(i);
    }
    if (revisions_[i].down_revisions.empty()) {
      bases_.push_back(i);
    }
    if (revisions_[i].down_revisions.size() > 1) {
      merge_points_.push_back(i);
    }
  }
}

std::optional<Index> History::find(std::string_view id) const {
  const auto at = first_id(id);
  if (at == by_id_.end() || revisions_[at->revision].id != id) {
    return std::nullopt;
  }
  return at->revision;
}

std::optional<Index> History::find_label(std::string_view label) const {
  const auto at =
      std::lower_bound(labels_.begin(), labels_.end(), label,
                       [](const Label& candidate, auto wanted) { return candidate.name < wanted; });
  if (at == labels_.end() || at->name != label) {
    return std::nullopt;
  }
  return find(revisions_[at->revision].id);
}

std::vector<std::string> History::completions(std::string_view text, std::size_t limit) const {
  std::vector<std::string> names;
  const auto consider = [&](const std::string& name) {
    if (names.size() == limit || !name.starts_with(text)) {
      return false;
    }
    if (name.size() > longest_uncompleted) {
      names.push_back(name);
    }
    return true;
  };
  auto id = first_id(text);
  while (id != by_id_.end() && consider(revisions_[id->revision].id)) {
    ++id;
  }
  auto label =
      std::lower_bound(labels_.begin(), labels_.end(), text,
                       [](const Label& candidate, auto wanted) { return candidate.name < wanted; });
  while (label != labels_.end() && consider(label->name)) {
    ++label;
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

std::optional<std::string> History::nearest(std::string_view name) const {
  std::vector<std::string_view> candidates;
  candidates.reserve(by_id_.size() + labels_.size());
  for (const IdEntry& entry : by_id_) {
    candidates.emplace_back(revisions_[entry.revision].id);
  }
  for (const Label& label : labels_) {
    candidates.emplace_back(label.name);
  }
  const auto found = base::nearest(name, candidates);
  return found ? std::optional<std::string>(*found) : std::nullopt;
}

base::Result<Index> History::resolve(std::string_view text) const {
  std::optional<Index> index = find(text);
  if (!index) {
    index = find_label(text);
  }
  if (index) {
    return *index;
  }
  constexpr std::size_t most_shown = 5;
  std::vector<std::string> names;
  if (!text.empty()) {
    names = completions(text, most_shown + 1);
  }
  if (names.size() == 1) {
    index = find(names.front());
    return index ? *index : *find_label(names.front());
  }
  if (names.size() > 1) {
    const bool more = names.size() > most_shown;
    names.resize(std::min(names.size(), most_shown));
    return base::failure(
        {.kind = base::ErrorKind::usage,
         .message = fmt::format("'{}' is the beginning of several revisions: '{}'{}", text,
                                fmt::join(names, "', '"), more ? ", …" : ""),
         .help = "write more of the id"});
  }
  const std::optional<std::string> meant = nearest(text);
  return base::failure(
      {.kind = base::ErrorKind::usage,
       .message = fmt::format("there is no revision '{}'", text),
       .help = meant ? fmt::format("the nearest is '{}'", *meant) : std::string()});
}

}  // namespace gauger::history
