// Indexes that are made, dropped, made again.
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "effect/prediction.hpp"

namespace gauger::effect {
namespace {

using Tables = std::vector<const catalog::Table*>;

// What cannot run inside of a transaction block.
void needs_no_transaction(std::string_view command, Prediction& prediction) {
  if (prediction.session().in_transaction) {
    prediction.fail(FailureKind::always,
                    fmt::format("{} cannot run inside a transaction block", command));
  }
}

catalog::QualifiedName index_name(const migration::Operation& operation) {
  return {.schema = operation.table.schema.text, .name = operation.object.text};
}

void create(const migration::CreateIndex& create, const migration::Operation& operation,
            Prediction& prediction) {
  const migration::Index& index = create.index;
  const std::string_view name = index.name.text;
  const Lock lock = operation.concurrently ? Lock::share_update_exclusive : Lock::share;
  if (operation.concurrently) {
    needs_no_transaction("CREATE INDEX CONCURRENTLY", prediction);
  }
  if (index.nulls_not_distinct) {
    prediction.needs_version(15, "NULLS NOT DISTINCT");
  }
  prediction.lock(operation.table, lock);
  const auto relation = resolve(prediction.before(), operation.table);
  const auto* table = find_table(prediction.before(), relation);
  const auto place =
      find_index(prediction.before(), {.schema = relation.schema, .name = std::string(name)});
  if (operation.if_not_exists && place.index != nullptr) {
    return;
  }
  if (table == nullptr) {
    if (find_view(prediction.before(), relation) != nullptr) {
      prediction.work(WorkKind::index_build, relation, name);
    }
    return;
  }
  if (is_partitioned(*table) && operation.concurrently) {
    prediction.fail(FailureKind::always,
                    fmt::format("cannot create index on partitioned table \"{}\" concurrently",
                                table->name.name));
  }
  const bool descends = is_partitioned(*table) && !index.only && !operation.only;
  const auto tables =
      family(prediction.before(), *table, descends ? Scope::descendants : Scope::only);
  prediction.lock(tables, lock);
  prediction.work(WorkKind::index_build, tables, name);
  if (index.unique) {
    prediction.fail(FailureKind::on_some_rows, "could not create unique index");
  }
}

// The table of an index that is named: by the catalog, else as the migration has it.
IndexPlace place_of(const migration::Operation& operation, Prediction& prediction) {
  if (operation.object.known) {
    const IndexPlace place =
        find_index(prediction.before(), index_name(operation), operation.table);
    if (place.index != nullptr) {
      return place;
    }
  }
  if (!operation.if_exists || !operation.object.known || !prediction.before().complete) {
    prediction.unknown();
  }
  return {};
}

void drop_index(const migration::Operation& operation, Prediction& prediction) {
  const Lock lock = operation.concurrently ? Lock::share_update_exclusive : Lock::access_exclusive;
  if (operation.concurrently) {
    needs_no_transaction("DROP INDEX CONCURRENTLY", prediction);
  }
  const IndexPlace place = place_of(operation, prediction);
  if (place.view != nullptr) {
    prediction.lock(place.view->name, lock);
    return;
  }
  if (place.table == nullptr) {
    if (!operation.if_exists) {
      prediction.lock(operation.table, lock);
    }
    return;
  }
  const bool partitioned = is_partitioned(*place.table);
  prediction.lock(
      family(prediction.before(), *place.table, partitioned ? Scope::descendants : Scope::only),
      lock);
  if (!place.index->constraint.empty()) {
    prediction.fail(
        FailureKind::always,
        fmt::format("cannot drop index {} because constraint {} on table {} requires it",
                    place.index->name, place.index->constraint, place.table->name.name));
  }
  if (partitioned && operation.concurrently) {
    prediction.fail(
        FailureKind::always,
        fmt::format("cannot drop partitioned index \"{}\" concurrently", place.index->name));
  }
}

void reindex_partitioned(std::string_view command, Prediction& prediction) {
  if (prediction.needs_version(14, "REINDEX of a partitioned table or index")) {
    needs_no_transaction(command, prediction);
  }
}

void reindex_index(const migration::Operation& operation, Lock lock, Prediction& prediction) {
  const IndexPlace place = place_of(operation, prediction);
  if (place.table != nullptr && is_partitioned(*place.table)) {
    reindex_partitioned("REINDEX INDEX", prediction);
  }
  if (place.table != nullptr || place.view != nullptr) {
    const auto& relation = place.table != nullptr ? place.table->name : place.view->name;
    prediction.lock(relation, lock);
    prediction.work(WorkKind::index_build, relation, place.index->name);
  }
}

void reindex_table(const migration::Operation& operation, Lock lock, Prediction& prediction) {
  prediction.lock(operation.table, lock);
  const auto relation = resolve(prediction.before(), operation.table);
  const auto* table = find_table(prediction.before(), relation);
  const auto* view = find_view(prediction.before(), relation);
  if (table != nullptr && is_partitioned(*table)) {
    reindex_partitioned("REINDEX TABLE", prediction);
    const auto tables = family(prediction.before(), *table, Scope::descendants);
    prediction.lock(tables, lock);
    for (const auto* each : tables) {
      for (const auto& index : each->indexes) {
        if (!is_partitioned(*each)) {
          prediction.work(WorkKind::index_build, each->name, index.name);
        }
      }
    }
    return;
  }
  const auto* indexes = table != nullptr  ? &table->indexes
                        : view != nullptr ? &view->indexes
                                          : nullptr;
  if (indexes == nullptr) {
    return;
  }
  for (const auto& index : *indexes) {
    prediction.work(WorkKind::index_build, relation, index.name);
  }
}

void reindex(const migration::Reindex& reindex, const migration::Operation& operation,
             Prediction& prediction) {
  const Lock lock = operation.concurrently ? Lock::share_update_exclusive : Lock::share;
  if (operation.concurrently) {
    needs_no_transaction("REINDEX CONCURRENTLY", prediction);
  }
  switch (reindex.kind) {
    case migration::ReindexKind::index:
      return reindex_index(operation, lock, prediction);
    case migration::ReindexKind::table:
      return reindex_table(operation, lock, prediction);
    case migration::ReindexKind::schema:
    case migration::ReindexKind::database:
    case migration::ReindexKind::system:
      // One table after another, each in a transaction of its own.
      needs_no_transaction("REINDEX", prediction);
      prediction.unknown();
      return;
  }
}

}  // namespace

bool predict_index(const migration::Operation& operation, Prediction& prediction) {
  if (const auto* action = operation.as<migration::CreateIndex>()) {
    create(*action, operation, prediction);
    return true;
  }
  if (operation.is<migration::DropIndex>()) {
    drop_index(operation, prediction);
    return true;
  }
  if (const auto* action = operation.as<migration::Reindex>()) {
    reindex(*action, operation, prediction);
    return true;
  }
  // The lock is on the index: its table can be read and written all the while.
  return operation.is<migration::RenameIndex>() || operation.is<migration::AttachIndex>();
}

}  // namespace gauger::effect
