// Domains and enums, and the columns that have them.
#include <string>
#include <vector>

#include <fmt/format.h>

#include "effect/lookup.hpp"
#include "effect/prediction.hpp"

namespace gauger::effect {
namespace {

using migration::DomainChange;

void alter(const migration::AlterDomain& alter, const migration::Operation& operation,
           Prediction& prediction) {
  const bool reads = (alter.change == DomainChange::add_check && !alter.constraint.not_valid) ||
                     alter.change == DomainChange::validate ||
                     alter.change == DomainChange::set_not_null;
  if (!reads) {
    return;
  }
  if (!operation.object.known || !prediction.before().complete) {
    prediction.unknown();
  }
  for (const TableColumn& use : columns_of_type(prediction.before(), type_name(operation))) {
    prediction.lock(use.table->name, Lock::share);
    prediction.work(WorkKind::scan, {use.table});
    prediction.fail(FailureKind::on_some_rows,
                    alter.change == DomainChange::set_not_null
                        ? fmt::format(R"(column "{}" of table "{}" contains null values)",
                                      use.column->name, use.table->name.name)
                        : fmt::format("column \"{}\" of table \"{}\" contains values that violate "
                                      "the new constraint",
                                      use.column->name, use.table->name.name));
  }
}

// The type is swapped: ALTER COLUMN … TYPE new USING column::text::new, for every column.
void sync(const migration::SyncEnum& sync, const migration::Operation& operation,
          Prediction& prediction) {
  if (!sync.known) {
    prediction.unknown();
  }
  for (const auto& [name, column] : sync.columns) {
    const auto tables = prediction.tables(name, Lock::access_exclusive, Scope::descendants);
    const migration::ChangeType change{
        .column = column,
        .type = {.text = operation.object.text},
        .using_ = fmt::format(R"("{0}"::text::"{1}")", column.text, operation.object.text)};
    for (const auto* table : tables) {
      if (const auto* found = table->find_column(column.text)) {
        change_type(*table, *found, change, prediction);
      } else {
        prediction.unknown();
      }
    }
  }
}

}  // namespace

bool predict_domain(const migration::Operation& operation, Prediction& prediction) {
  if (const auto* action = operation.as<migration::AlterDomain>()) {
    alter(*action, operation, prediction);
    return true;
  }
  if (const auto* action = operation.as<migration::SyncEnum>()) {
    sync(*action, operation, prediction);
    return true;
  }
  // In the catalog alone, however many columns have the type.
  return operation.is<migration::CreateEnum>() || operation.is<migration::AddEnumValue>() ||
         operation.is<migration::RenameEnumValue>() || operation.is<migration::RenameType>() ||
         operation.is<migration::CreateDomain>();
}

}  // namespace gauger::effect
