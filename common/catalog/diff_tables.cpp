#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "catalog/definition.hpp"
#include "catalog/diff_parts.hpp"
#include "catalog/differ.hpp"
#include "catalog/names.hpp"
#include "catalog/pairs.hpp"

namespace gauger::catalog {

void Differ::compare_tables() {
  const auto pairs = pair_up(left_.tables, right_.tables);
  for (const Table* table : parents_first(pairs.right_only)) {
    if (is_sure(*table) && (!replayed() || left_.complete)) {
      create_table(*table);
    }
  }
  for (const Table* table : pairs.left_only) {
    if (is_sure(*table) && (!replayed() || right_.complete)) {
      drops_.push_back({.kind = DifferenceKind::unexpected,
                        .object = ObjectKind::table,
                        .relation = table->name,
                        .operations = {on_table(table->name, migration::DropTable{})}});
    }
  }
  for (const auto& [left, right] : pairs.both) {
    compare_table(*left, *right);
  }
}

void Differ::create_table(const Table& table) {
  add({.kind = DifferenceKind::missing,
       .object = ObjectKind::table,
       .relation = table.name,
       .operations = with_serial_key(creation(table), table),
       .statements = more_of(table)});
  // Made by itself, its constraints and indexes have the names that they should have.
  if (!table.partition_of.name.empty()) {
    late_.push_back({.object = ObjectKind::table,
                     .relation = table.name,
                     .property = "partition of",
                     .left = "none",
                     .right = display(table.partition_of),
                     .statements = {fmt::format("ALTER TABLE {} ATTACH PARTITION {} {}",
                                                sql_name(table.partition_of), sql_name(table.name),
                                                table.partition_bounds)}});
  }
  for (const Constraint& constraint : table.constraints) {
    if (constraint.kind == ConstraintKind::foreign_key && !constraint.inherited) {
      late_.push_back({.kind = DifferenceKind::missing,
                       .object = ObjectKind::constraint,
                       .relation = table.name,
                       .name = constraint.name,
                       .operations = {creation(table.name, constraint)}});
    }
  }
}

std::vector<Operation> Differ::with_serial_key(std::vector<Operation> operations,
                                               const Table& table) const {
  for (const auto& [name, sequence] : right_.sequences) {
    if (sequence.owner != table.name || !comes_with_table(sequence)) {
      continue;
    }
    for (Operation& operation : operations) {
      auto* create = std::get_if<migration::CreateTable>(&operation.action);
      if (create == nullptr) {
        continue;
      }
      for (migration::Column& column : create->columns) {
        if (column.name.text == sequence.owner_column) {
          column.serial = true;
          column.server_default.reset();
        }
      }
    }
  }
  return operations;
}

void Differ::compare_table(const Table& left, const Table& right) {
  compare_properties(
      {.object = ObjectKind::table, .relation = right.name}, properties(left, compare_),
      properties(right, compare_),
      [&](std::string_view property) { return change_table(left, right, property); });
  compare_columns(left, right);
  compare_constraints(left, right);
  compare_indexes(right.name, left.indexes, right.indexes, left.columns_known, right.columns_known);
  compare_attached(left, right, ObjectKind::trigger, &Table::triggers, &Table::trigger_definitions);
  compare_attached(left, right, ObjectKind::policy, &Table::policies, &Table::policy_definitions);
}

void Differ::compare_columns(const Table& left, const Table& right) {
  auto pairs =
      pair_up(left.columns, right.columns, [](const Column& column) { return column.name; });
  const QualifiedName& table = right.name;
  for (const Column* column : pairs.right_only) {
    if (is_sure(*column) && left.columns_known) {
      add({.kind = DifferenceKind::missing,
           .object = ObjectKind::column,
           .relation = table,
           .name = column->name,
           .operations = creation(table, *column)});
    }
  }
  // PostgreSQL 12 drops a generated one with the column that it is made of; later ones refuse.
  std::stable_partition(pairs.left_only.begin(), pairs.left_only.end(),
                        [](const Column* column) { return !column->generated.empty(); });
  for (const Column* column : pairs.left_only) {
    if (is_sure(*column) && right.columns_known) {
      drops_.push_back(
          {.kind = DifferenceKind::unexpected,
           .object = ObjectKind::column,
           .relation = table,
           .name = column->name,
           .operations = {on_table(table, migration::DropColumn{known_name(column->name)})}});
    }
  }
  for (const auto& [from, to] : pairs.both) {
    if (!is_sure(*from) || !is_sure(*to)) {
      continue;
    }
    const Column& before = *from;
    const Column& after = *to;
    compare_properties({.object = ObjectKind::column, .relation = table, .name = before.name},
                       properties(before, compare_), properties(after, compare_),
                       [&](std::string_view property) {
                         return change_column(table, before, after, property, cast(before, after));
                       });
    // A primary key or an identity keeps it NOT NULL as long as it is there.
    if (after.nullable.value_or(false)) {
      const auto loses_not_null = [&](const Difference& difference) {
        return difference.object == ObjectKind::column && difference.relation == table &&
               difference.name == before.name && difference.property == "nullability";
      };
      const auto late = std::find_if(found_.begin(), found_.end(), loses_not_null);
      if (late != found_.end()) {
        drops_.push_back(std::move(*late));
        found_.erase(late);
      }
    }
  }
}

// What converts the values of a column. From one enum to another there is a way through text
// only.
std::string Differ::cast(const Column& from, const Column& to) const {
  const auto is_enum = [](const Catalog& catalog, std::string_view type) {
    return std::any_of(catalog.enums.begin(), catalog.enums.end(),
                       [&](const auto& entry) { return type_text(entry.first) == type; });
  };
  const auto element = [](std::string_view type) { return type.substr(0, type.find("[]")); };
  const bool enums = is_enum(left_, element(from.type)) && is_enum(right_, element(to.type));
  return fmt::format("{}::{}{}", quote_identifier(from.name),
                     !enums                    ? ""
                     : to.type.ends_with("[]") ? "text[]::"
                                               : "text::",
                     to.type);
}

void Differ::compare_views() {
  const auto pairs = pair_up(left_.views, right_.views);
  const auto kind = [](const View& view) {
    return view.materialized ? ObjectKind::materialized_view : ObjectKind::view;
  };
  for (const View* view : pairs.left_only) {
    if (is_sure(*view) && (!replayed() || right_.complete)) {
      // Before the tables and columns that it reads.
      drops_.insert(drops_.begin(), Difference{.kind = DifferenceKind::unexpected,
                                               .object = kind(*view),
                                               .relation = view->name,
                                               .operations = {drop_of(*view)}});
    }
  }
  for (const View* view : pairs.right_only) {
    if (is_sure(*view) && (!replayed() || left_.complete)) {
      add({.kind = DifferenceKind::missing,
           .object = kind(*view),
           .relation = view->name,
           .statements = creation_of(*view)});
    }
  }
  for (const auto& [left, right] : pairs.both) {
    const View& from = *left;
    const View& to = *right;
    compare_properties({.object = kind(to), .relation = to.name}, properties(from, compare_),
                       properties(to, compare_),
                       [&](std::string_view property) { return change_view(from, to, property); });
    compare_indexes(to.name, from.indexes, to.indexes, true, true);
  }
}

}  // namespace gauger::catalog
