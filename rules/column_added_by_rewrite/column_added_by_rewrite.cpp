#include "rules/column_added_by_rewrite/column_added_by_rewrite.hpp"

#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "catalog/render.hpp"
#include "effect/lookup.hpp"
#include "effect/type_change.hpp"
#include "effect/volatility.hpp"
#include "engine/advice.hpp"

namespace gauger::rules {

using migration::AddColumn;
using migration::Column;
using migration::Operation;

namespace {

enum class Cause : std::uint8_t { none, serial, identity, generated, volatile_default, domain };

Cause cause_of(const Column& column, const catalog::Catalog& before) {
  if (column.serial) {
    return Cause::serial;
  }
  if (column.identity != migration::Identity::none) {
    return Cause::identity;
  }
  if (column.generated) {
    return column.generated->kind == migration::GeneratedKind::stored ||
                   column.generated->kind == migration::GeneratedKind::by_sqlalchemy
               ? Cause::generated
               : Cause::none;
  }
  const auto& value = column.server_default;
  if (value && value->kind == migration::DefaultKind::expression &&
      effect::is_volatile(value->text, before).value_or(false)) {
    return Cause::volatile_default;
  }
  return effect::is_constrained_domain(column.type.text, before).value_or(false) ? Cause::domain
                                                                                 : Cause::none;
}

std::string explain(Cause cause, const Column& column) {
  switch (cause) {
    case Cause::none:
      break;
    case Cause::serial:
      return "is a serial, whose nextval() gives each row a value of its own";
    case Cause::identity:
      return "is an identity, which gives each row a value of its own";
    case Cause::generated:
      return column.generated->kind == migration::GeneratedKind::stored
                 ? "is a generated column that is stored"
                 : "is a generated column, which SQLAlchemy makes STORED before PostgreSQL 18";
    case Cause::volatile_default:
      return fmt::format("has the volatile default {}", column.server_default->text);
    case Cause::domain:
      return fmt::format("is of the domain {}, which has a CHECK or NOT NULL", column.type.text);
  }
  return {};
}

// The column with nothing that fills it.
Operation bare(const Operation& operation, const Column& column, std::string_view type = {}) {
  Column plain{.name = column.name, .type = column.type, .nullable = true};
  if (!type.empty()) {
    plain.type = {.text = std::string(type)};
  }
  return {.action = AddColumn{std::move(plain)}, .table = operation.table};
}

std::string set_default(const Operation& operation, const Column& column, std::string expression) {
  return catalog::alembic(
      {.action = migration::SetDefault{.column = column.name,
                                       .value = {{.kind = migration::DefaultKind::expression,
                                                  .text = std::move(expression)}}},
       .table = operation.table});
}

constexpr std::string_view fill =
    "and fill the rows that are there in batches, each in a transaction of its own";

std::string numbered(const Operation& operation, const Column& column) {
  const std::string table = migration::display(operation.table);
  const std::string name = migration::display(column.name);
  const std::string sequence = fmt::format("{}_{}_seq", table, name);
  return fmt::format(
      "add the column empty, let a sequence fill the new rows,\n"
      "{}\n"
      "op.execute(\"CREATE SEQUENCE {} OWNED BY {}.{}\")\n"
      "{}\n"
      "{}",
      catalog::alembic(bare(operation, column)), sequence, table, name,
      set_default(operation, column, fmt::format("nextval('{}')", sequence)), fill);
}

// SQLAlchemy before 2.1 refuses sa.Computed(…, persisted=False) for PostgreSQL.
std::string virtual_column(const Operation& operation, const Column& column) {
  Column computed{.name = column.name, .type = column.type, .nullable = true};
  computed.generated = {.expression = column.generated->expression,
                        .kind = migration::GeneratedKind::virtual_};
  const Operation add{.action = AddColumn{std::move(computed)}, .table = operation.table};
  return engine::execute(catalog::sql(add));
}

std::string help(Cause cause, const Operation& operation, const Column& column,
                 const engine::StatementContext& context) {
  switch (cause) {
    case Cause::none:
      break;
    case Cause::serial:
    case Cause::identity:
      return numbered(operation, column);
    case Cause::generated:
      return fmt::format(
          "add a plain column that a trigger or the application writes,\n{}\n{}{}",
          catalog::alembic(bare(operation, column)), fill,
          context.session.postgres_version >= 18
              ? "; or let it be computed when it is read:\n" + virtual_column(operation, column)
              : "");
    case Cause::volatile_default:
      return fmt::format("add the column empty, then give the new rows the default,\n{}\n{}\n{}",
                         catalog::alembic(bare(operation, column)),
                         set_default(operation, column, column.server_default->text), fill);
    case Cause::domain: {
      const auto* domain = effect::find_domain(context.before, column.type.text);
      return fmt::format(
          "add the column with the type that the domain is of,\n{}\nand its condition as a CHECK "
          "of the table: op.create_check_constraint(…, postgresql_not_valid=True)",
          catalog::alembic(bare(operation, column, domain == nullptr ? "" : domain->type)));
    }
  }
  return {};
}

std::vector<engine::Report> check_column_added_by_rewrite(const engine::StatementContext& context) {
  std::vector<engine::Report> reports;
  if (context.work(effect::WorkKind::rewrite).empty()) {
    return reports;
  }
  for (const Operation& operation : context.operations) {
    const auto* add = operation.as<AddColumn>();
    if (add == nullptr || context.is_new(operation.table)) {
      continue;
    }
    const Cause cause = cause_of(add->column, context.before);
    if (cause == Cause::none) {
      continue;
    }
    const std::string table = migration::display(operation.table);
    reports.push_back(
        {.operation = &operation,
         .message =
             fmt::format("{}.{} {}: adding it writes all of {} and its indexes anew", table,
                         migration::display(add->column.name), explain(cause, add->column), table),
         .help = help(cause, operation, add->column, context)});
  }
  return reports;
}

}  // namespace

const engine::Rule column_added_by_rewrite{
    .info = {.id = "column-added-by-rewrite",
             .severity = finding::Severity::error,
             .summary = "A column is added with a value that PostgreSQL has to write into every "
                        "row of a table that has rows.",
             .explanation =
                 "A volatile default, a serial, an identity, a stored generated column and a "
                 "domain with a CHECK or NOT NULL make `ADD COLUMN` write the whole table and all "
                 "its indexes anew. ACCESS EXCLUSIVE blocks reads and writes of it meanwhile. A "
                 "constant and `now()`, which is the same for all rows, are not written.\n\n"
                 "Add the column empty, give it its default in a statement of its own, and fill "
                 "the rows in batches."},
    .claim = {engine::ClaimKind::effect,
              effect::Lock::access_exclusive,
              {effect::WorkKind::rewrite}},
    .check_statement = check_column_added_by_rewrite};

}  // namespace gauger::rules
