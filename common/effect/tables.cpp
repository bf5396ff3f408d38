// Tables that are made, dropped, renamed, emptied, and their settings.
#include <algorithm>
#include <cctype>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "effect/prediction.hpp"

namespace gauger::effect {
namespace {

using catalog::ConstraintKind;
using migration::TableSetting;

// ALTER TABLE's locks (AlterTableGetLockLevel()), and whether it goes on to the partitions and the
// tables that inherit.
struct SettingFact {
  TableSetting setting;
  Lock lock;
  Scope scope;
  int since;  // the major version that has it; 0: all
};
constexpr SettingFact settings[] = {
    {TableSetting::logged, Lock::access_exclusive, Scope::only, 0},
    {TableSetting::unlogged, Lock::access_exclusive, Scope::only, 0},
    {TableSetting::tablespace, Lock::access_exclusive, Scope::only, 0},
    {TableSetting::access_method, Lock::access_exclusive, Scope::only, 15},
    {TableSetting::storage, Lock::access_exclusive, Scope::descendants, 0},
    {TableSetting::compression, Lock::access_exclusive, Scope::only, 14},
    {TableSetting::statistics, Lock::share_update_exclusive, Scope::descendants, 0},
    {TableSetting::options, Lock::share_update_exclusive, Scope::only, 0},
    {TableSetting::cluster_on, Lock::share_update_exclusive, Scope::only, 0},
    {TableSetting::enable_trigger, Lock::share_row_exclusive, Scope::only, 0},
    {TableSetting::disable_trigger, Lock::share_row_exclusive, Scope::only, 0},
    {TableSetting::row_security, Lock::access_exclusive, Scope::only, 0},
    {TableSetting::replica_identity, Lock::access_exclusive, Scope::only, 0},
    {TableSetting::inherit, Lock::access_exclusive, Scope::only, 0},
    {TableSetting::no_inherit, Lock::access_exclusive, Scope::only, 0},
    {TableSetting::owner, Lock::access_exclusive, Scope::only, 0},
};

const SettingFact* fact_of(TableSetting setting) {
  const auto* found = std::find_if(std::begin(settings), std::end(settings),
                                   [&](const auto& each) { return each.setting == setting; });
  return found == std::end(settings) ? nullptr : found;
}

// What the setting does to the rows, which it has nothing to do with mostly.
void move_rows(const migration::AlterTable& alter, const catalog::Table& table,
               Prediction& prediction) {
  switch (alter.setting) {
    case TableSetting::logged:
    case TableSetting::unlogged:
      if (table.unlogged != (alter.setting == TableSetting::unlogged)) {
        prediction.work(WorkKind::rewrite, {&table});
      }
      return;
    // Where the table is now is not in the catalog: it is taken for the default.
    case TableSetting::tablespace:
      if (alter.value != "pg_default") {
        prediction.work(WorkKind::rewrite, {&table});
      }
      return;
    case TableSetting::access_method:
      if (alter.value != "heap" && alter.value != "DEFAULT" && !alter.value.empty()) {
        prediction.work(WorkKind::rewrite, {&table});
      }
      return;
    default:
      return;
  }
}

void alter(const migration::AlterTable& alter, const migration::Operation& operation,
           Prediction& prediction) {
  const SettingFact* fact = fact_of(alter.setting);
  if (operation.table.name.absent()) {
    // Of a view, index or sequence, which has its name in `object`.
    const catalog::QualifiedName name{.schema = operation.table.schema.text,
                                      .name = operation.object.text};
    if (find_view(prediction.before(), name) != nullptr) {
      prediction.lock(name, Lock::access_exclusive);
    }
    return;
  }
  if (fact == nullptr) {
    prediction.unknown();
    return;
  }
  if (fact->since > 0) {
    prediction.needs_version(fact->since, "this ALTER TABLE");
  }
  const Scope scope = operation.only ? Scope::only : fact->scope;
  const auto tables = prediction.tables(operation.table, fact->lock, scope);
  if (alter.setting == TableSetting::inherit) {
    prediction.lock(alter.other, Lock::share_update_exclusive);
  }
  if (tables.empty()) {
    return;
  }
  move_rows(alter, *tables.front(), prediction);
  // A trigger of a partitioned table is on its partitions, too.
  const bool triggers = alter.setting == TableSetting::enable_trigger ||
                        alter.setting == TableSetting::disable_trigger;
  if (triggers && is_partitioned(*tables.front()) && !tables.front()->triggers.empty()) {
    prediction.lock(family(prediction.before(), *tables.front(), Scope::descendants), fact->lock);
  }
}

std::optional<Lock> lock_of(std::string_view mode) {
  std::string upper(mode);
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  if (upper.empty()) {
    return Lock::access_exclusive;
  }
  for (int i = 0; i <= static_cast<int>(Lock::access_exclusive); ++i) {
    if (upper == name(static_cast<Lock>(i))) {
      return static_cast<Lock>(i);
    }
  }
  return std::nullopt;
}

void create(const migration::CreateTable& create, const migration::Operation& operation,
            Prediction& prediction) {
  const auto self = resolve(prediction.before(), operation.table);
  const auto* there = create.temporary ? nullptr : find_table(prediction.before(), self);
  if (operation.if_not_exists && there != nullptr) {
    return;
  }
  if (there != nullptr && there->certainty == catalog::Certainty::certain) {
    prediction.fail(FailureKind::always,
                    fmt::format("relation \"{}\" already exists", there->name.name));
    return;
  }
  for (const auto& constraint : create.constraints) {
    if (constraint.kind != ConstraintKind::foreign_key ||
        migration::same_table(constraint.referenced, operation.table)) {
      continue;
    }
    const auto* target = prediction.table(constraint.referenced, Lock::share_row_exclusive);
    if (target != nullptr && is_partitioned(*target)) {
      prediction.lock(family(prediction.before(), *target, Scope::descendants),
                      Lock::share_row_exclusive);
    }
  }
  for (const auto& parent : create.inherits) {
    prediction.lock(parent, Lock::share_update_exclusive);
  }
  if (create.partition_of.name.absent()) {
    return;
  }
  const auto* parent = prediction.table(create.partition_of, Lock::access_exclusive);
  if (parent == nullptr) {
    return;
  }
  if (!is_partitioned(*parent)) {
    prediction.fail(FailureKind::always,
                    fmt::format("\"{}\" is not partitioned", parent->name.name));
    return;
  }
  for (const auto& constraint : parent->constraints) {
    if (constraint.kind == ConstraintKind::foreign_key) {
      lock_referenced(constraint, Lock::share_row_exclusive, prediction);
    }
  }
  // Its rows may belong into the new partition.
  if (const auto* other = default_partition(prediction.before(), *parent)) {
    prediction.lock(other->name, Lock::access_exclusive);
    prediction.work(WorkKind::scan, {other});
    prediction.fail(FailureKind::on_some_rows,
                    fmt::format("updated partition constraint for default partition \"{}\" would "
                                "be violated by some row",
                                other->name.name));
  }
}

void truncate(const migration::Operation& operation, Prediction& prediction) {
  auto tables = prediction.tables(operation.table, Lock::access_exclusive, scope_of(operation));
  const auto is_truncated = [&](const catalog::Table& table) {
    return std::any_of(prediction.statement().begin(), prediction.statement().end(),
                       [&](const auto& each) {
                         return each.template is<migration::Truncate>() &&
                                same_object(resolve(prediction.before(), each.table), table.name);
                       });
  };
  for (std::size_t i = 0; i < tables.size(); ++i) {
    for (const ForeignKey& key : references_to(prediction.before(), *tables[i])) {
      if (is_truncated(*key.table) ||
          std::find(tables.begin(), tables.end(), key.table) != tables.end()) {
        continue;
      }
      if (!operation.cascade) {
        prediction.fail(FailureKind::always,
                        "cannot truncate a table referenced in a foreign key constraint");
        return;
      }
      prediction.lock(key.table->name, Lock::access_exclusive);
      tables.push_back(key.table);
    }
  }
}

// Of VACUUM and ANALYZE without a table.
void lock_all(Lock lock, Prediction& prediction) {
  if (!prediction.before().complete) {
    prediction.unknown();
  }
  for (const auto& [key, table] : prediction.before().tables) {
    prediction.lock(table.name, lock);
  }
  for (const auto& [key, view] : prediction.before().views) {
    if (view.materialized) {
      prediction.lock(view.name, lock);
    }
  }
}

// VACUUM and ANALYZE go on to partitions, and not to tables that inherit.
std::vector<const catalog::Table*> maintained(const migration::TableName& name, Lock lock,
                                              Prediction& prediction) {
  const auto* table = prediction.table(name, lock);
  if (table == nullptr) {
    return {};
  }
  auto tables = family(prediction.before(), *table,
                       is_partitioned(*table) ? Scope::descendants : Scope::only);
  prediction.lock(tables, lock);
  return tables;
}

void vacuum(const migration::Vacuum& vacuum, const migration::Operation& operation,
            Prediction& prediction) {
  if (prediction.session().in_transaction) {
    prediction.fail(FailureKind::always, "VACUUM cannot run inside a transaction block");
  }
  if (operation.table.name.absent()) {
    lock_all(vacuum.full ? Lock::access_exclusive : Lock::share_update_exclusive, prediction);
    return;
  }
  const Lock lock = vacuum.full ? Lock::access_exclusive : Lock::share_update_exclusive;
  const auto tables = maintained(operation.table, lock, prediction);
  if (vacuum.full) {
    prediction.work(WorkKind::rewrite, tables);
  }
}

void cluster(const migration::Operation& operation, Prediction& prediction) {
  if (operation.table.name.absent()) {
    prediction.unknown();  // all that have been clustered before
    return;
  }
  const auto* table = prediction.table(operation.table, Lock::access_exclusive);
  if (table != nullptr) {
    prediction.work(WorkKind::rewrite, {table});
  }
}

void drop_relation(const migration::Operation& operation, Prediction& prediction) {
  const auto relation = resolve(prediction.before(), operation.table);
  const auto* table =
      operation.table.name.known ? find_table(prediction.before(), relation) : nullptr;
  if (table != nullptr) {
    drop_table(*table, operation.cascade, prediction);
  } else if (!operation.if_exists || !prediction.before().complete) {
    prediction.lock(operation.table, Lock::access_exclusive);
  }
}

}  // namespace

void drop_table(const catalog::Table& table, bool cascade, Prediction& prediction) {
  const catalog::Catalog& before = prediction.before();
  const auto members =
      family(before, table, is_partitioned(table) || cascade ? Scope::descendants : Scope::only);
  prediction.lock(members, Lock::access_exclusive);
  const std::string what = fmt::format("table {}", table.name.name);
  const auto refuse = [&] {
    prediction.fail(FailureKind::always,
                    fmt::format("cannot drop {} because other objects depend on it", what));
  };
  if (members.size() == 1 && family(before, table, Scope::descendants).size() > 1) {
    refuse();
  }
  if (const auto* parent = find_table(before, table.partition_of);
      parent != nullptr && !table.partition_of.name.empty()) {
    prediction.lock(parent->name, Lock::access_exclusive);
    if (const auto* other = default_partition(before, *parent)) {
      prediction.lock(other->name, Lock::access_exclusive);
    }
  }
  for (const auto* member : members) {
    for (const auto& constraint : member->constraints) {
      if (constraint.kind == ConstraintKind::foreign_key) {
        lock_referenced(constraint, Lock::access_exclusive, prediction);
      }
    }
    for (const ForeignKey& key : references_to(before, *member)) {
      if (std::find(members.begin(), members.end(), key.table) != members.end() ||
          prediction.drops(*key.table)) {
        continue;
      }
      if (cascade) {
        prediction.lock(key.table->name, Lock::access_exclusive);
      } else {
        refuse();
      }
    }
    drop_views(views_on(before, member->name), cascade, what, prediction);
  }
}

bool predict_table(const migration::Operation& operation, Prediction& prediction) {
  if (const auto* action = operation.as<migration::CreateTable>()) {
    create(*action, operation, prediction);
    return true;
  }
  if (operation.is<migration::DropTable>()) {
    drop_relation(operation, prediction);
    return true;
  }
  if (operation.is<migration::RenameTable>()) {
    prediction.lock(operation.table, Lock::access_exclusive);
    return true;
  }
  if (const auto* action = operation.as<migration::AlterTable>()) {
    alter(*action, operation, prediction);
    return true;
  }
  if (operation.is<migration::Truncate>()) {
    truncate(operation, prediction);
    return true;
  }
  if (const auto* action = operation.as<migration::LockTable>()) {
    const auto lock = lock_of(action->mode);
    if (lock) {
      static_cast<void>(prediction.tables(operation.table, *lock, scope_of(operation)));
    } else {
      prediction.unknown();
    }
    return true;
  }
  if (const auto* action = operation.as<migration::Other>()) {
    const Lock lock = lock_of(action->lock).value_or(Lock::access_share);
    for (const auto& table : action->locked) {
      prediction.lock(table, lock);
    }
    return true;
  }
  if (const auto* action = operation.as<migration::Vacuum>()) {
    vacuum(*action, operation, prediction);
    return true;
  }
  if (operation.is<migration::Cluster>()) {
    cluster(operation, prediction);
    return true;
  }
  if (operation.is<migration::Analyze>()) {
    if (operation.table.name.absent()) {
      lock_all(Lock::share_update_exclusive, prediction);
    } else {
      static_cast<void>(maintained(operation.table, Lock::share_update_exclusive, prediction));
    }
    return true;
  }
  return false;
}

}  // namespace gauger::effect
