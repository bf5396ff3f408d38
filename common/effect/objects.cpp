// Views, triggers, policies, rules, and what is made or dropped without an action of its own.
#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "effect/prediction.hpp"

namespace gauger::effect {
namespace {

using migration::ObjectKind;

// Views and types have their name in `object`, or in `table` where they are named like tables.
catalog::QualifiedName object_name(const migration::Operation& operation) {
  return {.schema = operation.table.schema.text,
          .name = operation.object.absent() ? operation.table.name.text : operation.object.text};
}

void create_view(const migration::CreateView& create, const migration::Operation& operation,
                 Prediction& prediction) {
  const auto* view = find_view(prediction.before(), object_name(operation));
  if (create.or_replace && view != nullptr) {
    prediction.lock(view->name, Lock::access_exclusive);
  }
}

void refresh(const migration::RefreshView& refresh, const migration::Operation& operation,
             Prediction& prediction) {
  const auto name = object_name(operation);
  prediction.lock(name, operation.concurrently ? Lock::exclusive : Lock::access_exclusive);
  const auto* view = find_view(prediction.before(), name);
  if (view == nullptr) {
    return;
  }
  if (!operation.concurrently) {
    if (refresh.with_data) {
      prediction.work(WorkKind::rewrite, view->name);
    }
    return;
  }
  prediction.work(WorkKind::row_change, view->name);
  const bool has_unique =
      std::any_of(view->indexes.begin(), view->indexes.end(),
                  [](const auto& index) { return index.unique && index.predicate.empty(); });
  if (!has_unique && prediction.before().complete) {
    prediction.fail(
        FailureKind::always,
        fmt::format("cannot refresh materialized view \"{}\" concurrently", view->name.name));
  }
}

void drop_type(const migration::Operation& operation, Prediction& prediction) {
  const auto name = object_name(operation);
  for (const TableColumn& use : columns_of_type(prediction.before(), name)) {
    if (operation.cascade) {
      prediction.lock(use.table->name, Lock::access_exclusive);
    } else {
      prediction.fail(
          FailureKind::always,
          fmt::format("cannot drop type {} because other objects depend on it", name.name));
    }
  }
}

void drop_schema(const migration::Operation& operation, Prediction& prediction) {
  const catalog::QualifiedName in{.schema = object_name(operation).name, .name = {}};
  for (const auto& [key, table] : prediction.before().tables) {
    if (!same_object({.schema = table.name.schema, .name = {}}, in)) {
      continue;
    }
    if (operation.cascade) {
      drop_table(table, true, prediction);
    } else {
      prediction.fail(
          FailureKind::always,
          fmt::format("cannot drop schema {} because other objects depend on it", in.schema));
    }
  }
}

void drop_function(const migration::Operation& operation, Prediction& prediction) {
  const auto name = object_name(operation);
  for (const auto& [key, table] : prediction.before().tables) {
    bool calls = false;
    bool known = true;
    for (const auto& trigger : table.triggers) {
      const auto function = table.trigger_functions.find(trigger);
      const bool found = function != table.trigger_functions.end() && !function->second.empty();
      calls = calls || (found && function->second == name.name);
      known = known && found;
    }
    if (calls && operation.cascade) {
      prediction.lock(table.name, Lock::access_exclusive);
    } else if (calls) {
      prediction.fail(
          FailureKind::always,
          fmt::format("cannot drop function {} because other objects depend on it", name.name));
    } else if (!known) {
      prediction.unknown();
    }
  }
}

void drop(const migration::DropObject& drop, const migration::Operation& operation,
          Prediction& prediction) {
  const auto name = object_name(operation);
  switch (drop.kind) {
    case ObjectKind::view:
    case ObjectKind::materialized_view:
      if (find_view(prediction.before(), name) != nullptr || !operation.if_exists) {
        prediction.lock(name, Lock::access_exclusive);
      }
      drop_views(views_on(prediction.before(), name), operation.cascade,
                 fmt::format("view {}", name.name), prediction);
      return;
    case ObjectKind::trigger:
    case ObjectKind::policy:
    case ObjectKind::rule: {
      const auto* table = prediction.table(operation.table, Lock::access_exclusive);
      if (drop.kind == ObjectKind::trigger && table != nullptr && is_partitioned(*table)) {
        prediction.lock(family(prediction.before(), *table, Scope::descendants),
                        Lock::access_exclusive);
      }
      return;
    }
    case ObjectKind::type:
      return drop_type(operation, prediction);
    case ObjectKind::schema:
      return drop_schema(operation, prediction);
    case ObjectKind::function:
      return drop_function(operation, prediction);
    case ObjectKind::statistics:
    case ObjectKind::extension:
    case ObjectKind::owned:
    case ObjectKind::other:
      prediction.unknown();  // on what, or what goes with it, is not in the catalog
      return;
    case ObjectKind::sequence:
    case ObjectKind::database:
      return;
  }
}

void create_trigger(const migration::Operation& operation, Prediction& prediction) {
  const auto* table = prediction.table(operation.table, Lock::share_row_exclusive);
  if (table != nullptr && is_partitioned(*table)) {
    prediction.lock(family(prediction.before(), *table, Scope::descendants),
                    Lock::share_row_exclusive);
  }
}

}  // namespace

bool predict_object(const migration::Operation& operation, Prediction& prediction) {
  if (const auto* action = operation.as<migration::CreateView>()) {
    create_view(*action, operation, prediction);
    return true;
  }
  if (const auto* action = operation.as<migration::RefreshView>()) {
    refresh(*action, operation, prediction);
    return true;
  }
  if (const auto* action = operation.as<migration::DropObject>()) {
    drop(*action, operation, prediction);
    return true;
  }
  if (operation.is<migration::CreateTrigger>()) {
    create_trigger(operation, prediction);
    return true;
  }
  if (operation.is<migration::CreatePolicy>() || operation.is<migration::CreateRule>()) {
    prediction.lock(operation.table, Lock::access_exclusive);
    return true;
  }
  if (const auto* action = operation.as<migration::CreateObject>()) {
    for (const auto& table : action->published) {
      prediction.lock(table, Lock::share_update_exclusive);
    }
    if (action->kind == ObjectKind::statistics) {
      prediction.lock(operation.table, Lock::share_update_exclusive);
    }
    return true;
  }
  if (const auto* action = operation.as<migration::RenameObject>()) {
    if (action->kind == ObjectKind::view || action->kind == ObjectKind::materialized_view) {
      prediction.lock(object_name(operation), Lock::access_exclusive);
    } else if (action->kind == ObjectKind::trigger || action->kind == ObjectKind::policy ||
               action->kind == ObjectKind::rule) {
      prediction.lock(operation.table, Lock::access_exclusive);
    }
    return true;
  }
  return operation.is<migration::CreateFunction>();
}

}  // namespace gauger::effect
