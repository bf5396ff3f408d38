// Rows that are written.
#include <algorithm>
#include <string>
#include <vector>

#include "effect/lookup.hpp"
#include "effect/prediction.hpp"

namespace gauger::effect {
namespace {

using catalog::ConstraintKind;

// A foreign key looks the row up in the table that it references. `written`: only those with one
// of these columns; empty: all.
void look_up(const catalog::Table& table, const std::vector<std::string>& written,
             Prediction& prediction) {
  for (const auto& constraint : table.constraints) {
    const bool concerned =
        constraint.kind == ConstraintKind::foreign_key && constraint.enforced &&
        (written.empty() ||
         std::any_of(constraint.columns.begin(), constraint.columns.end(),
                     [&](const auto& column) { return contains(written, column); }));
    if (concerned) {
      prediction.lock(constraint.referenced, Lock::row_share);
    }
  }
}

void insert(const migration::Insert& insert, const migration::Operation& operation,
            Prediction& prediction) {
  const auto* table = prediction.table(operation.table, Lock::row_exclusive);
  if (table == nullptr) {
    return;
  }
  look_up(*table, {}, prediction);
  if (insert.from_query) {
    prediction.work(WorkKind::row_change, table->name);
  }
}

void fail_on_duplicates(const catalog::Table& table, const std::vector<std::string>& assigned,
                        Prediction& prediction) {
  for (const auto& index : table.indexes) {
    const bool touched =
        index.unique && std::any_of(index.keys.begin(), index.keys.end(), [&](const auto& key) {
          return contains(assigned, key.column);
        });
    if (touched) {
      prediction.fail(FailureKind::on_some_rows,
                      "duplicate key value violates unique constraint \"" + index.name + "\"");
    }
  }
}

void update(const migration::Update& update, const migration::Operation& operation,
            Prediction& prediction) {
  const auto tables = prediction.tables(operation.table, Lock::row_exclusive, scope_of(operation));
  prediction.work(WorkKind::row_change, tables);
  if (!tables.empty()) {
    look_up(*tables.front(), update.assigned, prediction);
    fail_on_duplicates(*tables.front(), update.assigned, prediction);
  }
}

// The tables that reference the rows are looked through, or written to.
void remove(const migration::Operation& operation, Prediction& prediction) {
  const auto tables = prediction.tables(operation.table, Lock::row_exclusive, scope_of(operation));
  prediction.work(WorkKind::row_change, tables);
  if (tables.empty()) {
    return;
  }
  for (const ForeignKey& key : references_to(prediction.before(), *tables.front())) {
    const std::string& action = key.constraint->on_delete;
    const bool writes = action == "CASCADE" || action == "SET NULL" || action == "SET DEFAULT";
    prediction.lock(key.table->name, writes ? Lock::row_exclusive : Lock::row_share);
    if (!writes) {
      prediction.fail(FailureKind::on_some_rows, "a row is still referenced from another table");
    }
  }
}

}  // namespace

bool predict_data(const migration::Operation& operation, Prediction& prediction) {
  if (const auto* action = operation.as<migration::Insert>()) {
    insert(*action, operation, prediction);
    return true;
  }
  if (const auto* action = operation.as<migration::Update>()) {
    update(*action, operation, prediction);
    return true;
  }
  if (operation.is<migration::Delete>()) {
    remove(operation, prediction);
    return true;
  }
  return false;
}

}  // namespace gauger::effect
