// Constraints that are added, dropped, validated, renamed.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "effect/prediction.hpp"

namespace gauger::effect {
namespace {

using catalog::ConstraintKind;
using migration::AddConstraint;
using migration::Constraint;
using Tables = std::vector<const catalog::Table*>;

bool checks_rows(const Constraint& constraint) {
  return !constraint.not_valid && !constraint.not_enforced;
}

std::string_view name_of(const Constraint& constraint) { return constraint.name.text; }

void add_check(const Constraint& constraint, const migration::Operation& operation,
               Prediction& prediction) {
  if (constraint.not_enforced) {
    prediction.needs_version(18, "NOT ENFORCED");
  }
  const Scope scope = constraint.no_inherit ? Scope::only : scope_of(operation);
  const auto tables = prediction.tables(operation.table, Lock::access_exclusive, scope);
  if (constraint.no_inherit && !tables.empty() && is_partitioned(*tables.front())) {
    prediction.fail(FailureKind::always,
                    fmt::format("cannot add NO INHERIT constraint to partitioned table \"{}\"",
                                tables.front()->name.name));
  }
  if (checks_rows(constraint)) {
    prediction.work(WorkKind::scan, tables, name_of(constraint));
    prediction.fail(FailureKind::on_some_rows, "check constraint is violated by some row");
  }
}

void add_not_null(const Constraint& constraint, const migration::Operation& operation,
                  Prediction& prediction) {
  const auto tables =
      prediction.tables(operation.table, Lock::access_exclusive, scope_of(operation));
  if (!prediction.needs_version(18, "a named NOT NULL constraint") || !checks_rows(constraint)) {
    return;
  }
  if (tables.empty() || constraint.columns.size() != 1 || !constraint.columns[0].known) {
    prediction.unknown();
    return;
  }
  require_not_null(*tables.front(), constraint.columns[0].text, scope_of(operation), prediction);
}

// A foreign key that stands with a column that is added without a value is not checked: every row
// is null.
bool is_of_empty_column(const Constraint& constraint, const migration::Operation& operation,
                        const Prediction& prediction) {
  return constraint.of_column && !constraint.columns.empty() &&
         std::all_of(constraint.columns.begin(), constraint.columns.end(), [&](const auto& name) {
           const auto* add = prediction.added_column(operation.table, name.text);
           return add != nullptr && !add->column.server_default && !add->column.serial &&
                  !add->column.generated && add->column.identity == migration::Identity::none;
         });
}

void lock_target(const migration::TableName& name, Prediction& prediction) {
  const auto* target = prediction.table(name, Lock::share_row_exclusive);
  if (target != nullptr && is_partitioned(*target)) {
    prediction.lock(family(prediction.before(), *target, Scope::descendants),
                    Lock::share_row_exclusive);
  }
}

void add_foreign_key(const Constraint& constraint, const migration::Operation& operation,
                     Prediction& prediction) {
  if (constraint.not_enforced) {
    prediction.needs_version(18, "NOT ENFORCED");
  }
  const auto* table = prediction.table(operation.table, Lock::share_row_exclusive);
  lock_target(constraint.referenced, prediction);
  if (table == nullptr) {
    return;
  }
  Tables tables = {table};
  if (is_partitioned(*table)) {
    tables = family(prediction.before(), *table, Scope::descendants);
    prediction.lock(tables, Lock::share_row_exclusive);
    if (constraint.not_valid && prediction.session().postgres_version < 18) {
      prediction.fail(FailureKind::always,
                      fmt::format("cannot add NOT VALID foreign key on partitioned table \"{}\"",
                                  table->name.name));
    }
  }
  if (checks_rows(constraint) && !is_of_empty_column(constraint, operation, prediction)) {
    prediction.work(WorkKind::foreign_key_scan, tables, name_of(constraint));
    prediction.fail(FailureKind::on_some_rows, "a row has no match in the referenced table");
  }
}

std::vector<std::string> names(const std::vector<migration::Name>& columns) {
  std::vector<std::string> result;
  result.reserve(columns.size());
  for (const auto& column : columns) {
    result.push_back(column.text);
  }
  return result;
}

// Of PRIMARY KEY and UNIQUE: the columns, those of USING INDEX included. Nothing: not known.
std::optional<std::vector<std::string>> key_columns(const Constraint& constraint,
                                                    const catalog::Table& table) {
  if (constraint.using_index.absent()) {
    const bool known = constraint.columns_known &&
                       std::all_of(constraint.columns.begin(), constraint.columns.end(),
                                   [](const auto& name) { return name.known; });
    return known ? std::optional(names(constraint.columns)) : std::nullopt;
  }
  const auto* index = table.find_index(constraint.using_index.text);
  if (index == nullptr || !index->keys_known) {
    return std::nullopt;
  }
  std::vector<std::string> result;
  for (const auto& key : index->keys) {
    result.push_back(key.column);
  }
  return result;
}

void check_partition_key(const catalog::Table& table, const std::vector<std::string>& columns,
                         Prediction& prediction) {
  for (const auto& key : table.partition_key) {
    if (table.find_column(key) != nullptr &&
        std::find(columns.begin(), columns.end(), key) == columns.end()) {
      prediction.fail(FailureKind::always,
                      "unique constraint on partitioned table must include all partitioning "
                      "columns");
    }
  }
}

void refuse_second_key(const catalog::Table& table, Prediction& prediction) {
  for (const auto& constraint : table.constraints) {
    // Whatever their order is, ALTER TABLE drops first.
    const bool dropped = std::any_of(
        prediction.statement().begin(), prediction.statement().end(), [&](const auto& operation) {
          const auto* column = operation.template as<migration::DropColumn>();
          return (operation.template is<migration::DropConstraint>() &&
                  operation.object.text == constraint.name) ||
                 (column != nullptr && contains(constraint.columns, column->column.text));
        });
    if (constraint.kind == ConstraintKind::primary_key && !dropped) {
      prediction.fail(
          FailureKind::always,
          fmt::format("multiple primary keys for table \"{}\" are not allowed", table.name.name));
    }
  }
}

// What makes an index unfit for a key (transformIndexConstraint() in parse_utilcmd.c).
void check_using_index(const catalog::Table& table, const std::string& name,
                       Prediction& prediction) {
  const auto* index = table.find_index(name);
  if (index == nullptr) {
    if (prediction.before().complete && table.certainty == catalog::Certainty::certain) {
      prediction.fail(FailureKind::always, fmt::format("index \"{}\" does not exist", name));
    }
    return;
  }
  if (index->certainty != catalog::Certainty::certain) {
    prediction.unknown();
    return;
  }
  const bool has_expression = std::any_of(index->keys.begin(), index->keys.end(),
                                          [](const auto& key) { return key.column.empty(); });
  if (!index->constraint.empty()) {
    prediction.fail(FailureKind::always,
                    fmt::format("index \"{}\" is already associated with a constraint", name));
  } else if (!index->unique) {
    prediction.fail(FailureKind::always, fmt::format("\"{}\" is not a unique index", name));
  } else if (has_expression) {
    prediction.fail(FailureKind::always, fmt::format("index \"{}\" contains expressions", name));
  } else if (!index->predicate.empty()) {
    prediction.fail(FailureKind::always, fmt::format("\"{}\" is a partial index", name));
  }
}

void add_key(const Constraint& constraint, const migration::Operation& operation,
             Prediction& prediction) {
  const auto* table = prediction.table(operation.table, Lock::access_exclusive);
  if (constraint.nulls_not_distinct) {
    prediction.needs_version(15, "NULLS NOT DISTINCT");
  }
  if (table == nullptr) {
    return;
  }
  if (constraint.kind == ConstraintKind::primary_key) {
    refuse_second_key(*table, prediction);
  }
  const auto columns = key_columns(constraint, *table);
  if (!columns) {
    prediction.unknown();
  }
  if (constraint.kind == ConstraintKind::primary_key && columns) {
    for (const auto& column : *columns) {
      if (prediction.added_column(operation.table, column) == nullptr) {
        require_not_null(*table, column, scope_of(operation), prediction);
      }
    }
  }
  if (!constraint.using_index.absent()) {
    if (is_partitioned(*table)) {
      prediction.fail(FailureKind::always,
                      "ALTER TABLE / ADD CONSTRAINT USING INDEX is not supported on partitioned "
                      "tables");
    } else if (constraint.using_index.known) {
      check_using_index(*table, constraint.using_index.text, prediction);
    }
    return;
  }
  Tables tables = {table};
  if (is_partitioned(*table)) {
    tables = family(prediction.before(), *table, Scope::descendants);
    prediction.lock(tables, Lock::share);
    check_partition_key(*table, columns.value_or(table->partition_key), prediction);
  }
  prediction.work(WorkKind::index_build, tables, name_of(constraint));
  prediction.fail(FailureKind::on_some_rows, "could not create unique index");
}

void add_exclusion(const Constraint& constraint, const migration::Operation& operation,
                   Prediction& prediction) {
  const auto* table = prediction.table(operation.table, Lock::access_exclusive);
  if (table == nullptr) {
    return;
  }
  if (is_partitioned(*table)) {
    prediction.needs_version(17, "an exclusion constraint on a partitioned table");
  }
  prediction.work(WorkKind::index_build, family(prediction.before(), *table, Scope::descendants),
                  name_of(constraint));
  prediction.fail(FailureKind::on_some_rows, "could not create exclusion constraint");
}

void add(const Constraint& constraint, const migration::Operation& operation,
         Prediction& prediction) {
  switch (constraint.kind) {
    case ConstraintKind::check:
      return add_check(constraint, operation, prediction);
    case ConstraintKind::not_null:
      return add_not_null(constraint, operation, prediction);
    case ConstraintKind::foreign_key:
      return add_foreign_key(constraint, operation, prediction);
    case ConstraintKind::primary_key:
    case ConstraintKind::unique:
      return add_key(constraint, operation, prediction);
    case ConstraintKind::exclude:
      return add_exclusion(constraint, operation, prediction);
  }
}

// Foreign keys that need the key that is dropped.
void drop_key(const catalog::Table& table, const catalog::Constraint& key, bool cascade,
              Prediction& prediction) {
  for (const ForeignKey& each : references_to(prediction.before(), table)) {
    if (!needs_key(*each.constraint, key)) {
      continue;
    }
    if (cascade) {
      prediction.lock(each.table->name, Lock::access_exclusive);
      continue;
    }
    // There may be another key on the same columns.
    const auto same = std::count_if(
        table.constraints.begin(), table.constraints.end(), [&](const auto& constraint) {
          return (constraint.kind == ConstraintKind::primary_key ||
                  constraint.kind == ConstraintKind::unique) &&
                 std::is_permutation(constraint.columns.begin(), constraint.columns.end(),
                                     key.columns.begin(), key.columns.end());
        });
    if (same > 1) {
      prediction.unknown();
    } else {
      prediction.fail(FailureKind::always,
                      fmt::format("cannot drop constraint {} on table {} because other objects "
                                  "depend on it",
                                  key.name, table.name.name));
    }
  }
}

void drop_constraint(const migration::Operation& operation, Prediction& prediction) {
  const auto tables =
      prediction.tables(operation.table, Lock::access_exclusive, scope_of(operation));
  if (tables.empty()) {
    return;
  }
  const auto* constraint =
      operation.object.known ? tables.front()->find_constraint(operation.object.text) : nullptr;
  if (constraint == nullptr) {
    if (!operation.if_exists || !operation.object.known) {
      prediction.unknown();
    }
  } else if (constraint->kind == ConstraintKind::foreign_key) {
    lock_referenced(*constraint, Lock::access_exclusive, prediction);
  } else if (constraint->kind == ConstraintKind::primary_key ||
             constraint->kind == ConstraintKind::unique) {
    drop_key(*tables.front(), *constraint, operation.cascade, prediction);
  }
}

// The constraint that the same statement adds.
const Constraint* added(const migration::Operation& validates, const Prediction& prediction) {
  for (const auto& operation : prediction.statement()) {
    const auto* add = operation.as<AddConstraint>();
    if (add != nullptr && migration::same_table(operation.table, validates.table) &&
        add->constraint.name.known && name_of(add->constraint) == validates.object.text) {
      return &add->constraint;
    }
  }
  return nullptr;
}

void validate(const migration::Operation& operation, Prediction& prediction) {
  const auto tables =
      prediction.tables(operation.table, Lock::share_update_exclusive, scope_of(operation));
  if (tables.empty()) {
    return;
  }
  if (const Constraint* made = operation.object.known ? added(operation, prediction) : nullptr) {
    if (made->not_valid) {
      const bool foreign = made->kind == ConstraintKind::foreign_key;
      prediction.work(foreign ? WorkKind::foreign_key_scan : WorkKind::scan, tables,
                      name_of(*made));
      prediction.fail(FailureKind::on_some_rows, "the constraint is violated by some row");
    }
    return;
  }
  const auto* constraint =
      operation.object.known ? tables.front()->find_constraint(operation.object.text) : nullptr;
  if (constraint == nullptr) {
    prediction.unknown();
  } else if (!constraint->valid) {
    const bool foreign = constraint->kind == ConstraintKind::foreign_key;
    if (foreign) {
      prediction.lock(constraint->referenced, Lock::row_share);
    }
    prediction.work(foreign ? WorkKind::foreign_key_scan : WorkKind::scan, tables,
                    constraint->name);
    prediction.fail(FailureKind::on_some_rows, "the constraint is violated by some row");
  }
}

}  // namespace

bool predict_constraint(const migration::Operation& operation, Prediction& prediction) {
  if (const auto* action = operation.as<AddConstraint>()) {
    add(action->constraint, operation, prediction);
    return true;
  }
  if (operation.is<migration::DropConstraint>()) {
    drop_constraint(operation, prediction);
    return true;
  }
  if (operation.is<migration::ValidateConstraint>()) {
    validate(operation, prediction);
    return true;
  }
  if (operation.is<migration::RenameConstraint>() || operation.is<migration::AlterConstraint>()) {
    static_cast<void>(
        prediction.tables(operation.table, Lock::access_exclusive, scope_of(operation)));
    return true;
  }
  return false;
}

}  // namespace gauger::effect
