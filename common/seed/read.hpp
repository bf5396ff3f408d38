// What a seed script does, as a list of operations.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/file_tree.hpp"
#include "base/result.hpp"
#include "base/text.hpp"
#include "eval/module.hpp"
#include "migration/migration.hpp"

namespace gauger::seed {

// Reads seed() as a migration is read, without running it: SQL text and SQLAlchemy's inserts alike,
// helpers followed. They are the Migration's `upgrade`.
//
// Error (unreadable, unparsable): the script. `library` must outlive the result.
[[nodiscard]] base::Result<migration::Migration> read_script(const base::FileTree& tree,
                                                             const std::string& path,
                                                             eval::Library& library);

// Where something is written: in the script, or in a module of the project that it calls.
struct Place {
  std::string path{};
  base::Span span{};
};
[[nodiscard]] Place place_of(const migration::Operation& operation,
                             const migration::Migration& script);

// Adds what was found unless something is there from the same place, as in a loop.
template <class Found>
void add_once(Found found, std::vector<Found>& list) {
  const bool known = std::any_of(list.begin(), list.end(), [&](const Found& other) {
    return other.place.path == found.place.path && other.place.span.begin == found.place.span.begin;
  });
  if (!known) {
    list.push_back(std::move(found));
  }
}

}  // namespace gauger::seed
