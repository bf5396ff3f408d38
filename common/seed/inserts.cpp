#include "seed/inserts.hpp"

#include <algorithm>
#include <utility>

#include "migration/operation.hpp"
#include "seed/read.hpp"

namespace gauger::seed {
namespace {

using migration::Operation;
using migration::TableName;

bool empties(const Operation& operation) {
  return operation.is<migration::Truncate>() || operation.is<migration::Delete>();
}

// session.merge() looks for the row first.
bool is_guarded(const Operation& operation, const migration::Insert& insert,
                const std::vector<TableName>& emptied) {
  return insert.skips_existing || operation.may_run || operation.attempted ||
         operation.directive == "merge" ||
         std::any_of(emptied.begin(), emptied.end(), [&](const TableName& table) {
           return migration::same_table(table, operation.table);
         });
}

}  // namespace

base::Result<std::vector<RepeatedInsert>> repeated_inserts(const base::FileTree& tree,
                                                           const std::string& path,
                                                           eval::Library& library) {
  const auto script = read_script(tree, path, library);
  if (!script) {
    return base::failure(script.error());
  }
  std::vector<RepeatedInsert> result;
  std::vector<TableName> emptied;
  for (const Operation& operation : script->upgrade) {
    if (empties(operation)) {
      emptied.push_back(operation.table);
    }
    const auto* insert = operation.as<migration::Insert>();
    if (insert == nullptr || is_guarded(operation, *insert, emptied)) {
      continue;
    }
    const eval::Place& place = operation.sites.back();
    RepeatedInsert found{.table = display(operation.table),
                         .path = place.module == nullptr ? path : place.module->path,
                         .span = place.span};
    const bool known = std::any_of(result.begin(), result.end(), [&](const RepeatedInsert& other) {
      return other.path == found.path && other.span.begin == found.span.begin;
    });
    if (!known) {
      result.push_back(std::move(found));
    }
  }
  return result;
}

}  // namespace gauger::seed
