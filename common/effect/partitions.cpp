// Partitions that are attached and detached.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "effect/prediction.hpp"
#include "effect/proof.hpp"

namespace gauger::effect {
namespace {

using catalog::ConstraintKind;

std::vector<std::string> valid_checks(const catalog::Table& table) {
  std::vector<std::string> result;
  for (const auto& constraint : table.constraints) {
    if (constraint.kind == ConstraintKind::check && constraint.valid && constraint.enforced) {
      result.push_back(constraint.expression);
    }
  }
  return result;
}

PartitionKey key_of(const catalog::Table& parent, const catalog::Table& partition) {
  PartitionKey key{.strategy = parent.partition_strategy};
  if (parent.partition_key.size() == 1) {
    if (const auto* column = partition.find_column(parent.partition_key[0])) {
      key.column = column->name;
      key.not_null = !column->nullable.value_or(true);
    }
  }
  return key;
}

void judge(Proof proof, const catalog::Table& table, Prediction& prediction) {
  if (proof == Proof::unknown) {
    prediction.unknown();
  } else if (proof == Proof::no) {
    prediction.work(WorkKind::scan, family(prediction.before(), table, Scope::descendants));
    prediction.fail(FailureKind::on_some_rows,
                    fmt::format("partition constraint of relation \"{}\" is violated by some row",
                                table.name.name));
  }
}

// Each index of the parent is made on the partition where it has none like it.
void build_indexes(const catalog::Table& parent, const catalog::Table& partition,
                   Prediction& prediction) {
  for (const auto& index : parent.indexes) {
    const bool has =
        std::any_of(partition.indexes.begin(), partition.indexes.end(), [&](const auto& each) {
          return each.keys == index.keys && each.unique == index.unique &&
                 each.predicate == index.predicate && each.method == index.method;
        });
    if (!has) {
      prediction.work(WorkKind::index_build, partition.name);
    }
  }
}

void take_foreign_keys(const catalog::Table& parent, const catalog::Table& partition,
                       Prediction& prediction) {
  for (const auto& constraint : parent.constraints) {
    if (constraint.kind != ConstraintKind::foreign_key) {
      continue;
    }
    lock_referenced(constraint, Lock::share_row_exclusive, prediction);
    const bool has = std::any_of(
        partition.constraints.begin(), partition.constraints.end(), [&](const auto& each) {
          return each.kind == ConstraintKind::foreign_key && each.columns == constraint.columns &&
                 same_object(each.referenced, constraint.referenced);
        });
    if (!has && constraint.valid && constraint.enforced) {
      prediction.work(WorkKind::foreign_key_scan, partition.name, constraint.name);
    }
  }
}

void check_columns(const catalog::Table& parent, const catalog::Table& partition,
                   Prediction& prediction) {
  for (const auto& column : parent.columns) {
    const auto* found = partition.find_column(column.name);
    if (found == nullptr && partition.columns_known) {
      prediction.fail(FailureKind::always,
                      fmt::format("child table is missing column \"{}\"", column.name));
    } else if (found != nullptr && !column.nullable.value_or(true) &&
               found->nullable.value_or(false)) {
      prediction.fail(
          FailureKind::always,
          fmt::format("column \"{}\" in child table must be marked NOT NULL", column.name));
    }
  }
}

void attach(const migration::AttachPartition& attach, const migration::Operation& operation,
            Prediction& prediction) {
  const auto* parent = prediction.table(operation.table, Lock::share_update_exclusive);
  const auto* partition = prediction.table(attach.partition, Lock::access_exclusive);
  if (parent == nullptr) {
    return;
  }
  const auto* other = default_partition(prediction.before(), *parent);
  if (other != nullptr) {
    prediction.lock(other->name, Lock::access_exclusive);
    if (attach.default_partition) {
      prediction.fail(FailureKind::always,
                      fmt::format("partition conflicts with existing default partition \"{}\"",
                                  other->name.name));
      return;
    }
    judge(proves_outside(valid_checks(*other), key_of(*parent, *other), attach.bounds), *other,
          prediction);
  }
  if (partition == nullptr) {
    return;
  }
  check_columns(*parent, *partition, prediction);
  prediction.lock(family(prediction.before(), *partition, Scope::descendants),
                  Lock::access_exclusive);
  // A default partition is read for the bounds of all others, which are not in the catalog.
  const Proof proof =
      attach.default_partition && !valid_checks(*partition).empty()
          ? Proof::unknown
          : proves_within(valid_checks(*partition), key_of(*parent, *partition), attach.bounds);
  const bool alone = attach.default_partition &&
                     family(prediction.before(), *parent, Scope::descendants).size() == 1;
  if (!alone) {
    judge(proof, *partition, prediction);
  }
  build_indexes(*parent, *partition, prediction);
  take_foreign_keys(*parent, *partition, prediction);
}

void detach_concurrently(const catalog::Table* other, const migration::TableName& partition,
                         const migration::Operation& operation, Prediction& prediction) {
  prediction.lock(operation.table, Lock::share_update_exclusive);
  prediction.lock(partition, Lock::access_exclusive);  // briefly, when it ends
  if (!prediction.needs_version(14, "DETACH PARTITION CONCURRENTLY")) {
    return;
  }
  if (prediction.session().in_transaction) {
    prediction.fail(FailureKind::always,
                    "ALTER TABLE ... DETACH CONCURRENTLY cannot run inside a transaction block");
  }
  if (other != nullptr) {
    prediction.fail(FailureKind::always,
                    "cannot detach partitions concurrently when a default partition exists");
  }
}

void detach(const migration::DetachPartition& detach, const migration::Operation& operation,
            Prediction& prediction) {
  const bool concurrently = operation.concurrently;
  const auto* parent = prediction.table(operation.table, concurrently || detach.finalize
                                                             ? Lock::share_update_exclusive
                                                             : Lock::access_exclusive);
  const auto* other = parent == nullptr ? nullptr : default_partition(prediction.before(), *parent);
  if (concurrently) {
    detach_concurrently(other, detach.partition, operation, prediction);
    return;
  }
  if (detach.finalize) {
    prediction.needs_version(14, "DETACH PARTITION FINALIZE");
  }
  const bool weaker = prediction.session().postgres_version < 14;
  prediction.lock(detach.partition, weaker ? Lock::share_update_exclusive : Lock::access_exclusive);
  if (other != nullptr) {
    prediction.lock(other->name, Lock::access_exclusive);
  }
  if (parent == nullptr) {
    return;
  }
  for (const auto& constraint : parent->constraints) {
    if (constraint.kind == ConstraintKind::foreign_key) {
      lock_referenced(constraint, Lock::share_row_exclusive, prediction);
    }
  }
}

}  // namespace

bool predict_partition(const migration::Operation& operation, Prediction& prediction) {
  if (const auto* action = operation.as<migration::AttachPartition>()) {
    attach(*action, operation, prediction);
    return true;
  }
  if (const auto* action = operation.as<migration::DetachPartition>()) {
    detach(*action, operation, prediction);
    return true;
  }
  return false;
}

}  // namespace gauger::effect
