#include "rules/table_locked_and_rewritten/table_locked_and_rewritten.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace gauger::rules {

using migration::Operation;
using migration::TableSetting;

namespace {

// What to do instead; empty: not one of the operations that this is about.
std::string_view help_for(const Operation& operation) {
  constexpr std::string_view elsewhere =
      "leave it out of the migration: pg_repack does the same and locks the table only for a "
      "moment";
  if (operation.is<migration::Cluster>()) {
    return elsewhere;
  }
  if (const auto* vacuum = operation.as<migration::Vacuum>()) {
    return vacuum->full ? elsewhere : std::string_view();
  }
  if (operation.is<migration::SetExpression>()) {
    return "add a plain column, let a trigger or the application write it, fill it in batches, and "
           "switch over";
  }
  const auto* alter = operation.as<migration::AlterTable>();
  if (alter == nullptr) {
    return {};
  }
  switch (alter->setting) {
    case TableSetting::logged:
      return "make a new table without prefixes=[\"UNLOGGED\"], copy in batches and switch over";
    case TableSetting::unlogged:
      return "choose it when the table is made, with op.create_table(…, prefixes=[\"UNLOGGED\"]); "
             "for a table that is there, make a new one, copy in batches and switch over";
    case TableSetting::tablespace:
      return "leave it out of the migration: pg_repack --tablespace moves a table and locks it "
             "only for a moment";
    case TableSetting::access_method:
      return "choose it when the table is made, with op.create_table(…, postgresql_using=…); for a "
             "table that is there, make a new one, copy in batches and switch over";
    default:
      return {};
  }
}

std::string_view statement_name(const Operation& operation) {
  if (operation.is<migration::Cluster>()) {
    return "CLUSTER";
  }
  if (operation.is<migration::Vacuum>()) {
    return "VACUUM FULL";
  }
  const auto* alter = operation.as<migration::AlterTable>();
  if (alter == nullptr) {
    return "SET EXPRESSION";
  }
  switch (alter->setting) {
    case TableSetting::logged:
      return "SET LOGGED";
    case TableSetting::unlogged:
      return "SET UNLOGGED";
    case TableSetting::tablespace:
      return "SET TABLESPACE";
    default:
      return "SET ACCESS METHOD";
  }
}

bool rewrites(const Operation& operation, const engine::StatementContext& context) {
  const effect::Effect effect =
      effect::predict(std::span(&operation, 1), context.before, context.session);
  return std::any_of(effect.work.begin(), effect.work.end(), [&](const effect::Work& work) {
    return work.kind == effect::WorkKind::rewrite && !context.is_new(work.table);
  });
}

std::vector<engine::Report> check_table_locked_and_rewritten(
    const engine::StatementContext& context) {
  std::vector<engine::Report> reports;
  for (const Operation& operation : context.operations) {
    const std::string_view help = help_for(operation);
    if (help.empty() || !rewrites(operation, context)) {
      continue;
    }
    const std::string table = migration::display(operation.table);
    reports.push_back(
        {.operation = &operation,
         .message = fmt::format("{} writes all of {} and its indexes anew under ACCESS EXCLUSIVE",
                                statement_name(operation), table),
         .help = std::string(help)});
  }
  return reports;
}

}  // namespace

const engine::Rule table_locked_and_rewritten{
    .info = {.id = "table-locked-and-rewritten",
             .severity = finding::Severity::error,
             .summary = "CLUSTER, VACUUM FULL or a setting of the table makes PostgreSQL write a "
                        "table that has rows anew.",
             .explanation =
                 "`CLUSTER`, `VACUUM FULL`, `SET LOGGED`, `SET UNLOGGED`, `SET TABLESPACE` and "
                 "`SET ACCESS METHOD` copy the whole table and make its indexes again under "
                 "ACCESS EXCLUSIVE, which blocks reads and writes meanwhile. So does `SET "
                 "EXPRESSION` of a generated column that is stored.\n\n"
                 "pg_repack does the first two and the tablespace without blocking; the others "
                 "are chosen when a table is made."},
    .claim = {engine::ClaimKind::effect,
              effect::Lock::access_exclusive,
              {effect::WorkKind::rewrite}},
    .check_statement = check_table_locked_and_rewritten};

}  // namespace gauger::rules
