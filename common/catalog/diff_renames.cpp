#include <string>
#include <string_view>
#include <utility>

#include "catalog/apply.hpp"
#include "catalog/definition.hpp"
#include "catalog/diff_parts.hpp"
#include "catalog/differ.hpp"
#include "catalog/names.hpp"
#include "catalog/pairs.hpp"

namespace gauger::catalog {
namespace {

// Of what ends with a type's name.
std::string with_replaced(std::string text, const std::string& from, const std::string& to) {
  std::size_t at = 0;
  while ((at = text.find(from, at)) != std::string::npos) {
    const std::size_t end = at + from.size();
    const bool whole =
        end == text.size() || std::string_view(")[] ,").find(text[end]) != std::string_view::npos;
    if (whole) {
      text.replace(at, from.size(), to);
    }
    at += whole ? to.size() : from.size();
  }
  return text;
}

}  // namespace

// What is renamed is compared under its new name.
void Differ::rename(Difference difference) {
  for (const Operation& operation : difference.operations) {
    apply(operation, left_);
  }
  add(std::move(difference));
}

void Differ::find_renamed() {
  auto enums = pair_up(left_.enums, right_.enums);
  const auto same_enum = [](const Enum& left, const Enum& right) {
    return left.labels == right.labels && left.name.schema == right.name.schema;
  };
  for (const auto& [from, to] : names_of(take_renamed(enums, same_enum))) {
    rename({.kind = DifferenceKind::renamed,
            .object = ObjectKind::enumeration,
            .relation = from,
            .left = display(from),
            .right = display(to),
            .operations = {on_object(from, migration::RenameType{known_name(to.name), {}})}});
    replace_in_texts("::" + sql_name(from), "::" + sql_name(to));
  }
  // Partitions once their parents have their new names: they are told by those and the bounds.
  for (const bool partition : {false, true}) {
    auto tables = pair_up(left_.tables, right_.tables);
    const auto same_table = [&](const Table& left, const Table& right) {
      return left.name.schema == right.name.schema && !left.columns.empty() && left.columns_known &&
             right.columns_known && partition != left.partition_of.name.empty() &&
             left.partition_of == right.partition_of &&
             left.partition_bounds == right.partition_bounds && same_columns(left, right, compare_);
    };
    for (const auto& [from, to] : names_of(take_renamed(tables, same_table))) {
      rename({.kind = DifferenceKind::renamed,
              .object = ObjectKind::table,
              .relation = from,
              .left = display(from),
              .right = display(to),
              .operations = {on_table(from, migration::RenameTable{table_name(to)})}});
    }
  }
  for (const auto& [name, right] : right_.tables) {
    const auto left = left_.tables.find(name);
    // A partition's columns are renamed with its parent's.
    if (left != left_.tables.end() && left->second.partition_of.name.empty()) {
      find_renamed_columns(name, left->second, right);
    }
  }
}

void Differ::find_renamed_columns(const QualifiedName& table, const Table& left,
                                  const Table& right) {
  auto pairs =
      pair_up(left.columns, right.columns, [](const Column& column) { return column.name; });
  const auto same = [&](const Column& from, const Column& to) {
    return same_column(from, to, compare_);
  };
  for (const auto& [from, to] : names_of(take_renamed(pairs, same))) {
    rename({.kind = DifferenceKind::renamed,
            .object = ObjectKind::column,
            .relation = table,
            .name = from,
            .left = from,
            .right = to,
            .operations = {
                on_table(table, migration::RenameColumn{known_name(from), known_name(to)})}});
  }
}

// The server's texts on the left, once a type or a label has its new name: "'a'::mood" and
// "'{}'::mood[]", but not "'a'::moody".
void Differ::replace_in_texts(const std::string& from, const std::string& to) {
  for (auto& [name, table] : left_.tables) {
    for (Column& column : table.columns) {
      if (column.default_) {
        column.default_ = with_replaced(*std::move(column.default_), from, to);
      }
      column.generated = with_replaced(std::move(column.generated), from, to);
    }
    for (Constraint& constraint : table.constraints) {
      constraint.expression = with_replaced(std::move(constraint.expression), from, to);
    }
    for (Index& index : table.indexes) {
      index.predicate = with_replaced(std::move(index.predicate), from, to);
      for (IndexKey& key : index.keys) {
        key.expression = with_replaced(std::move(key.expression), from, to);
      }
    }
  }
}

}  // namespace gauger::catalog
