#include "engine/advice.hpp"

#include <array>

#include <fmt/format.h>

#include "catalog/names.hpp"
#include "catalog/render.hpp"
#include "effect/lookup.hpp"

namespace gauger::engine {

using migration::ConstraintKind;

namespace {

std::string without_holes(std::string text) {
  for (std::size_t at = 0; (at = text.find(migration::hole_name, at)) != std::string::npos;) {
    text.replace(at, migration::hole_name.size(), "?");
  }
  return text;
}

// What PostgreSQL calls a constraint that is given no name.
std::string default_name(const migration::TableName& table,
                         const migration::Constraint& constraint) {
  if (constraint.kind == ConstraintKind::primary_key) {
    return catalog::object_name(table.name.text, "", "pkey");
  }
  std::vector<std::string> columns;
  for (const migration::Name& column : constraint.columns) {
    columns.push_back(migration::display(column));
  }
  return catalog::object_name(table.name.text, catalog::joined_names(columns),
                              constraint.kind == ConstraintKind::check         ? "check"
                              : constraint.kind == ConstraintKind::foreign_key ? "fkey"
                                                                               : "key");
}

}  // namespace

std::string directive(const migration::Operation& operation) {
  return without_holes(catalog::alembic(operation));
}

std::string execute(std::string_view sql) {
  return fmt::format("op.execute({})", catalog::python_string(sql));
}

std::string autocommit_block(std::span<const std::string> lines) {
  std::string text = "with op.get_context().autocommit_block():";
  for (const std::string& line : lines) {
    text += "\n    " + line;
  }
  return text;
}

std::string sql_name(const migration::TableName& table) {
  const std::string name = catalog::quote_identifier(migration::display(table.name));
  return table.schema.absent()
             ? name
             : catalog::quote_identifier(migration::display(table.schema)) + "." + name;
}

std::string add_then_validate(const migration::Operation& add) {
  migration::Operation operation = add;
  auto& constraint = std::get<migration::AddConstraint>(operation.action).constraint;
  if (constraint.name.absent()) {
    constraint.name.text = default_name(operation.table, constraint);
  }
  constraint.not_valid = true;
  const std::array validate = {
      execute(fmt::format("ALTER TABLE {} VALIDATE CONSTRAINT {}", sql_name(operation.table),
                          catalog::quote_identifier(migration::display(constraint.name))))};
  // REFERENCES without columns has no directive.
  const bool only_sql =
      constraint.kind == ConstraintKind::foreign_key && constraint.referenced_columns.empty();
  return (only_sql ? execute(catalog::sql(operation)) : directive(operation)) + "\n" +
         autocommit_block(validate);
}

std::string_view column_first(const migration::Operation& add) {
  const bool with_column = add.directive == "add_column" ||
                           std::get<migration::AddConstraint>(add.action).constraint.of_column;
  return with_column ? "add the column without it, and then:\n" : "";
}

std::string named(std::string_view kind, const migration::Constraint& constraint) {
  return constraint.name.absent()
             ? fmt::format("{} {}", kind.starts_with('e') ? "an" : "a", kind)
             : fmt::format("the {} {}", kind, migration::display(constraint.name));
}

std::string add_with_index(const migration::Operation& add, const catalog::Table& table,
                           const catalog::Catalog& before) {
  const auto& constraint = std::get<migration::AddConstraint>(add.action).constraint;
  migration::Index index;
  index.name = constraint.name;
  if (index.name.absent()) {
    index.name.text = default_name(add.table, constraint);
  }
  const std::string name = catalog::quote_identifier(migration::display(index.name));
  // A constraint that is exchanged keeps its index, and so the name, until it is dropped.
  std::string drop;
  if (table.find_index(index.name.text) != nullptr) {
    drop = fmt::format("DROP CONSTRAINT {}, ", name);
    index.name.text = catalog::clipped(index.name.text + "_new");
  }
  index.unique = true;
  index.nulls_not_distinct = constraint.nulls_not_distinct;
  for (const migration::Name& column : constraint.columns) {
    index.keys.push_back({.column = column});
  }
  migration::Operation create{.table = add.table, .object = index.name, .concurrently = true};
  create.action = migration::CreateIndex{index};
  if (effect::is_partitioned(table)) {
    return "a partitioned table can have no such constraint without the lock; where a unique index "
           "will do: " +
           index_by_partition(create, table, before);
  }
  const std::array lines = {directive(create)};
  const bool primary = constraint.kind == ConstraintKind::primary_key;
  return autocommit_block(lines) + "\n" +
         execute(fmt::format("ALTER TABLE {} {}ADD CONSTRAINT {} {} USING INDEX {}{}{}",
                             sql_name(add.table), drop, name, primary ? "PRIMARY KEY" : "UNIQUE",
                             catalog::quote_identifier(migration::display(index.name)),
                             constraint.deferrable ? " DEFERRABLE" : "",
                             constraint.initially_deferred ? " INITIALLY DEFERRED" : ""));
}

std::string index_by_partition(const migration::Operation& create, const catalog::Table& table,
                               const catalog::Catalog& before) {
  migration::Operation parent = create;
  parent.concurrently = false;
  auto& index = std::get<migration::CreateIndex>(parent.action).index;
  index.only = true;
  if (parent.object.absent()) {
    parent.object.text = index.name.text = catalog::clipped("ix_" + table.name.name);
  }
  migration::Operation part = parent;
  part.table = {.schema = create.table.schema, .name = {.text = "<partition>"}};
  for (const catalog::Table* each : effect::family(before, table, effect::Scope::descendants)) {
    if (!effect::is_partitioned(*each)) {
      part.table = {.schema = create.table.schema, .name = {.text = each->name.name}};
      break;
    }
  }
  auto& its_index = std::get<migration::CreateIndex>(part.action).index;
  its_index.only = false;
  its_index.name.text = catalog::clipped(index.name.text + "_" + part.table.name.text);
  part.object = its_index.name;
  part.concurrently = true;
  part.if_not_exists = false;
  const std::array lines = {directive(part)};
  return fmt::format(
      "make the index on the partitioned table alone; build one concurrently on each partition, "
      "and "
      "attach it:\n{}\n{}\n{}",
      directive(parent), autocommit_block(lines),
      execute(fmt::format("ALTER INDEX {} ATTACH PARTITION {}",
                          sql_name({.schema = create.table.schema, .name = parent.object}),
                          sql_name({.schema = part.table.schema, .name = part.object}))));
}

}  // namespace gauger::engine
