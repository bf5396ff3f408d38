#include "rules/set_not_null_scans_table/set_not_null_scans_table.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

#include <fmt/format.h>

#include "catalog/names.hpp"
#include "catalog/render.hpp"
#include "effect/lookup.hpp"
#include "effect/proof.hpp"
#include "engine/advice.hpp"

namespace gauger::rules {

using migration::Operation;
using migration::SetNotNull;

namespace {

// A CHECK of the table that says the same and would spare the scan, if it were not in vain.
const catalog::Constraint* check_in_vain(const catalog::Table& table, const std::string& column) {
  const auto found = std::find_if(
      table.constraints.begin(), table.constraints.end(), [&](const catalog::Constraint& each) {
        return each.kind == catalog::ConstraintKind::check &&
               effect::proves_not_null(each.expression, column) == effect::Proof::yes;
      });
  return found == table.constraints.end() ? nullptr : &*found;
}

std::string why_in_vain(const catalog::Constraint* check) {
  if (check == nullptr) {
    return {};
  }
  return fmt::format("; the CHECK {} spares it nothing, since it {}", check->name,
                     !check->enforced ? "is not enforced"
                     : !check->valid  ? "is not validated"
                                      : "is dropped by the same statement");
}

// The name as it is: a naming convention of the project's metadata would put it into another one.
std::string with_plain_name(std::string call, const std::string& name) {
  const std::string written = catalog::python_string(name);
  const std::size_t at = call.find(written);
  return at == std::string::npos
             ? call
             : call.replace(at, written.size(), fmt::format("op.f({})", written));
}

// The first major version that takes a CHECK for a proof.
constexpr int proof_since = 12;

std::string steps(const Operation& operation, const std::string& column,
                  const catalog::Constraint* check, int postgres_version) {
  if (postgres_version < proof_since) {
    return fmt::format(
        "PostgreSQL {} reads the table in any case: leave the column nullable, and let a CHECK "
        "that is validated in a transaction of its own do the work of NOT NULL",
        postgres_version);
  }
  const std::string table = migration::display(operation.table);
  const std::string name =
      check != nullptr && !check->name.empty()
          ? check->name
          : catalog::object_name(operation.table.name.text, column, "not_null");
  migration::Constraint constraint{.name = {name}, .not_valid = true};
  constraint.expression = catalog::quote_identifier(column) + " IS NOT NULL";
  const Operation add{.action = migration::AddConstraint{constraint}, .table = operation.table};
  const Operation set{.action = SetNotNull{.column = {column}}, .table = operation.table};
  const Operation drop{.action = migration::DropConstraint{catalog::ConstraintKind::check},
                       .table = operation.table,
                       .object = {name}};
  return fmt::format(
      "let a CHECK prove it first; each step in a transaction of its own, except for the last "
      "two:\n"
      "{}{}\n{}\n{}",
      check == nullptr ? with_plain_name(catalog::alembic(add), name) + "\n" : "",
      engine::execute(fmt::format("ALTER TABLE {} VALIDATE CONSTRAINT {}", table,
                                  catalog::quote_identifier(name))),
      catalog::alembic(set), with_plain_name(catalog::alembic(drop), name));
}

// The column that the operation makes NOT NULL: a primary key of an index does so, too. Empty:
// none.
std::string column_made_not_null(const Operation& operation, const catalog::Table& table) {
  if (const auto* set = operation.as<SetNotNull>()) {
    return set->column.text;
  }
  const auto* add = operation.as<migration::AddConstraint>();
  const bool key = add != nullptr && add->constraint.kind == catalog::ConstraintKind::primary_key;
  const auto* index = key ? table.find_index(add->constraint.using_index.text) : nullptr;
  if (index == nullptr) {
    return {};
  }
  const auto nullable = [&](const catalog::IndexKey& each) {
    const auto* column = table.find_column(each.column);
    return column != nullptr && column->nullable.value_or(false);
  };
  const auto found = std::find_if(index->keys.begin(), index->keys.end(), nullable);
  return found == index->keys.end() ? std::string() : found->column;
}

std::vector<engine::Report> check_set_not_null_scans_table(
    const engine::StatementContext& context) {
  std::vector<engine::Report> reports;
  const auto scans = context.work(effect::WorkKind::scan);
  for (const Operation& operation : context.operations) {
    const auto* table = context.before.find_table(operation.table);
    const std::string name =
        table == nullptr ? std::string() : column_made_not_null(operation, *table);
    if (name.empty() || context.is_new(table->name)) {
      continue;
    }
    // The scans of other operations of the statement have an object, which this one has not.
    const auto members = effect::family(context.before, *table, effect::Scope::descendants);
    const bool scanned = std::any_of(scans.begin(), scans.end(), [&](const effect::Work* scan) {
      return scan->object.empty() &&
             std::any_of(members.begin(), members.end(),
                         [&](const auto* member) { return member->name == scan->table; });
    });
    const auto* column = table->find_column(name);
    if (!scanned || column == nullptr || !column->nullable.value_or(false)) {
      continue;
    }
    const auto* in_vain = check_in_vain(*table, column->name);
    reports.push_back({.operation = &operation,
                       .message = fmt::format(
                           "{}.{} becomes NOT NULL: all rows are read under ACCESS "
                           "EXCLUSIVE, which blocks reads and writes{}",
                           migration::display(operation.table), column->name, why_in_vain(in_vain)),
                       .help = steps(operation, column->name,
                                     in_vain != nullptr && in_vain->enforced ? in_vain : nullptr,
                                     context.session.postgres_version)});
  }
  return reports;
}

}  // namespace

const engine::Rule set_not_null_scans_table{
    .info = {.id = "set-not-null-scans-table",
             .severity = finding::Severity::error,
             .summary = "A column becomes NOT NULL, and no valid CHECK spares PostgreSQL reading "
                        "the whole table.",
             .explanation =
                 "`SET NOT NULL` reads all rows under ACCESS EXCLUSIVE, which blocks reads and "
                 "writes meanwhile. PostgreSQL 12 and newer skip that where a valid CHECK proves "
                 "that there are no nulls, and such a CHECK can be validated without blocking "
                 "anybody.\n\n"
                 "Add `CHECK (… IS NOT NULL)` as NOT VALID, validate it in a transaction of its "
                 "own, set NOT NULL, and drop the CHECK in a statement of its own."},
    .claim = {engine::ClaimKind::effect, effect::Lock::access_exclusive, {effect::WorkKind::scan}},
    .check_statement = check_set_not_null_scans_table};

}  // namespace gauger::rules
