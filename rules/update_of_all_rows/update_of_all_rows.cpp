#include "rules/update_of_all_rows/update_of_all_rows.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "catalog/definition.hpp"
#include "catalog/render.hpp"
#include "effect/lookup.hpp"

namespace gauger::rules {

using migration::Operation;

namespace {

// What holds for every row, without spaces and in lower case.
bool is_tautology(std::string_view condition) {
  static constexpr std::array<std::string_view, 5> known = {"true", "1=1", "(true)", "(1=1)",
                                                            "sa.true()"};
  std::string bare;
  for (const char c : condition) {
    if (std::isspace(static_cast<unsigned char>(c)) == 0) {
      bare += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
  }
  return std::find(known.begin(), known.end(), bare) != known.end();
}

template <class Change>
bool is_of_all_rows(const Change* change) {
  return change != nullptr && change->where_known &&
         (!change->where || is_tautology(*change->where));
}

// What names a row: "id", "order_id, line".
std::string key_of(const catalog::Table* table) {
  if (table == nullptr) {
    return "id";
  }
  for (const catalog::Constraint& constraint : table->constraints) {
    if (constraint.kind == catalog::ConstraintKind::primary_key && !constraint.columns.empty()) {
      return catalog::sql_names(constraint.columns);
    }
  }
  if (!table->columns_known || table->find_column("id") != nullptr) {
    return "id";
  }
  // Each partition counts its rows anew.
  return effect::is_partitioned(*table) ? "tableoid, ctid" : "ctid";
}

std::string help(const Operation& operation, const catalog::Catalog& before) {
  const std::string table = migration::display(operation.table);
  const std::string key = key_of(before.find_table(operation.table));
  const bool deletes = operation.is<migration::Delete>();
  const std::string batch =
      fmt::format("{} WHERE {} IN (SELECT {} FROM {}{} LIMIT 5000)",
                  deletes ? "DELETE FROM " + table : "UPDATE " + table + " SET …",
                  key.find(',') == std::string::npos ? key : "(" + key + ")", key, table,
                  deletes ? "" : " WHERE …");
  return fmt::format(
      "in batches, each of which is committed, from a script or in a revision of its own:\n"
      "with op.get_context().autocommit_block():\n"
      "    while op.get_bind().execute(sa.text({})).rowcount:\n"
      "        pass{}",
      catalog::python_string(batch),
      deletes ? "" : "\nwhere the inner WHERE leaves out the rows that are done");
}

std::vector<engine::Report> check_update_of_all_rows(const engine::StatementContext& context) {
  std::vector<engine::Report> reports;
  for (std::size_t i = 0; i < context.operations.size(); ++i) {
    const Operation& operation = context.operations[i];
    const bool updates = is_of_all_rows(operation.as<migration::Update>());
    const bool deletes = is_of_all_rows(operation.as<migration::Delete>());
    if ((!updates && !deletes) || operation.autocommit || !context.is_old(i)) {
      continue;
    }
    reports.push_back({.operation = &operation,
                       .message = fmt::format(
                           "{} all rows of {} in the transaction of the migration: they stay "
                           "locked to its end",
                           updates ? "writes" : "deletes", migration::display(operation.table)),
                       .help = help(operation, context.before)});
  }
  return reports;
}

}  // namespace

const engine::Rule update_of_all_rows{
    .info = {.id = "update-of-all-rows",
             .severity = finding::Severity::warning,
             .summary = "An UPDATE or DELETE in the migration's transaction is of all rows of a "
                        "table that has rows.",
             .explanation =
                 "Each row stays locked till the transaction ends, so whoever writes to the table "
                 "waits; all rows are written anew beside the old ones, which doubles the table "
                 "and floods the replicas.\n\n"
                 "Do it in batches that are committed one by one, from a script or in an "
                 "`op.get_context().autocommit_block()`, in a revision of its own. A table of a "
                 "few hundred rows does not need it: `# gauger: ignore[update-of-all-rows]`."},
    .claim = {engine::ClaimKind::effect,
              effect::Lock::row_exclusive,
              {effect::WorkKind::row_change}},
    .check_statement = check_update_of_all_rows};

}  // namespace gauger::rules
