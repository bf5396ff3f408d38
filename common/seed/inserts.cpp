#include "seed/inserts.hpp"

#include <algorithm>

#include "migration/operation.hpp"

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

std::vector<RepeatedInsert> repeated_inserts(const migration::Migration& script) {
  std::vector<RepeatedInsert> result;
  std::vector<TableName> emptied;
  for (const Operation& operation : script.upgrade) {
    if (empties(operation)) {
      emptied.push_back(operation.table);
    }
    const auto* insert = operation.as<migration::Insert>();
    if (insert == nullptr || is_guarded(operation, *insert, emptied)) {
      continue;
    }
    add_once(RepeatedInsert{display(operation.table), place_of(operation, script)}, result);
  }
  return result;
}

}  // namespace gauger::seed
