#include "engine/advice.hpp"

#include <array>

#include <fmt/format.h>

#include "catalog/names.hpp"
#include "catalog/render.hpp"
#include "effect/lookup.hpp"

namespace gauger::engine {
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
  std::vector<std::string> columns;
  for (const migration::Name& column : constraint.columns) {
    columns.push_back(migration::display(column));
  }
  const bool check = constraint.kind == migration::ConstraintKind::check;
  return catalog::object_name(table.name.text, catalog::joined_names(columns),
                              check ? "check" : "fkey");
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
  return directive(operation) + "\n" + autocommit_block(validate);
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
