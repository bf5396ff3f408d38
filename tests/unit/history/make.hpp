// Histories for tests, made of a few words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "history/history.hpp"
#include "history/revision.hpp"

namespace gauger::tests {

struct Made {
  std::string id;
  std::vector<std::string> down_revisions{};
  std::vector<std::string> depends_on{};
  std::vector<std::string> branch_labels{};
  std::string created{};  // a Create Date; empty: none
};

inline history::Revision make_revision(const Made& made) {
  history::Revision revision;
  revision.id = made.id;
  revision.down_revisions = made.down_revisions;
  revision.depends_on = made.depends_on;
  revision.branch_labels = made.branch_labels;
  revision.path = made.id + ".py";
  if (!made.created.empty()) {
    const auto date = history::parse_create_date(
        made.created, {0, static_cast<std::uint32_t>(made.created.size())});
    revision.header.created = date.value();
  }
  return revision;
}

inline history::History make_history(const std::vector<Made>& revisions,
                                     std::vector<std::string> external = {}) {
  std::vector<history::Revision> list;
  list.reserve(revisions.size());
  for (const Made& made : revisions) {
    list.push_back(make_revision(made));
  }
  return history::History(std::move(list), std::move(external));
}

// The ids, separated by blanks.
template <class Indices>
std::string ids(const history::History& history, const Indices& indices) {
  std::string result;
  for (const history::Index index : indices) {
    result += result.empty() ? "" : " ";
    result += history[index].id;
  }
  return result;
}

inline std::string ids(const history::History& history, const std::vector<bool>& set) {
  std::vector<history::Index> indices;
  for (history::Index i = 0; i < history.size(); ++i) {
    if (set[i]) {
      indices.push_back(i);
    }
  }
  return ids(history, indices);
}

}  // namespace gauger::tests
