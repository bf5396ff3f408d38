#include "rules/enum_synced_by_rewrite/enum_synced_by_rewrite.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/advice.hpp"

namespace gauger::rules {

using migration::Operation;

namespace {

// The values to add, if that is all that is to be done; nothing is known where it is empty.
std::vector<std::string> added(const catalog::Enum& type, const std::vector<std::string>& wanted) {
  std::vector<std::string> result;
  std::size_t next = 0;
  for (const std::string& label : wanted) {
    if (next < type.labels.size() && type.labels[next] == label) {
      ++next;
    } else {
      result.push_back(label);
    }
  }
  return next == type.labels.size() ? result : std::vector<std::string>{};
}

std::string help(const Operation& operation, const std::vector<std::string>& labels,
                 const std::vector<std::string>& wanted) {
  if (labels.empty()) {
    return "leave the old values in the type, and keep the rows free of them with a CHECK that is "
           "added NOT VALID and validated";
  }
  std::vector<std::string> lines;
  const std::string type = engine::sql_name({operation.table.schema, operation.object});
  for (const std::string& label : labels) {
    const auto at = std::find(wanted.begin(), wanted.end(), label);
    const std::string place = at == wanted.begin() ? fmt::format("BEFORE '{}'", *std::next(at))
                                                   : fmt::format("AFTER '{}'", *std::prev(at));
    lines.push_back(
        engine::execute(fmt::format("ALTER TYPE {} ADD VALUE '{}' {}", type, label, place)));
  }
  return fmt::format("add the value, which locks no table:\n{}", fmt::join(lines, "\n"));
}

std::vector<engine::Report> check_enum_synced_by_rewrite(const engine::StatementContext& context) {
  const Operation& operation = context.operations.front();
  const auto* sync = operation.as<migration::SyncEnum>();
  const auto rewritten = context.work(effect::WorkKind::rewrite);
  if (sync == nullptr || rewritten.empty()) {
    return {};
  }
  std::vector<std::string> tables;
  tables.reserve(rewritten.size());
  for (const effect::Work* work : rewritten) {
    tables.push_back(catalog::display(work->table));
  }
  const auto name = catalog::qualified({operation.table.schema, operation.object});
  const auto type = name ? context.before.enums.find(*name) : context.before.enums.end();
  const bool known = type != context.before.enums.end() && type->second.labels_known && sync->known;
  return {{.operation = &operation,
           .message = fmt::format("the type {} is swapped, which writes {} anew (ACCESS EXCLUSIVE "
                                  "lock)",
                                  migration::display(operation.object), fmt::join(tables, ", ")),
           .help = help(operation,
                        known ? added(type->second, sync->labels) : std::vector<std::string>{},
                        sync->labels)}};
}

}  // namespace

const engine::Rule enum_synced_by_rewrite{
    .info = {.id = "enum-synced-by-rewrite",
             .severity = finding::Severity::error,
             .summary = "`op.sync_enum_values` swaps the type of an enum, which writes every "
                        "table that has it anew.",
             .explanation = "alembic-postgresql-enum makes a new type, changes each column to it, "
                            "and drops the old one: ACCESS EXCLUSIVE and a rewrite of each table "
                            "with all its indexes, even where a value is only added.\n\n"
                            "`ALTER TYPE … ADD VALUE` adds one at once, without locking any "
                            "table. A value that is not used any more does no harm if it stays."},
    .claim = {engine::ClaimKind::effect,
              effect::Lock::access_exclusive,
              {effect::WorkKind::rewrite}},
    .check_statement = check_enum_synced_by_rewrite};

}  // namespace gauger::rules
