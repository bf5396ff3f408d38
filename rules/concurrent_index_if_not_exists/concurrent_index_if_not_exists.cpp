#include "rules/concurrent_index_if_not_exists/concurrent_index_if_not_exists.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "effect/lookup.hpp"
#include "engine/advice.hpp"

namespace gauger::rules {

using migration::Operation;

namespace {

// Whether an earlier operation of upgrade() drops an index of that name: an invalid one that was
// left behind goes with it.
bool is_dropped_before(const engine::StatementContext& statement, const Operation& create) {
  const std::vector<Operation>& upgrade = statement.revision.migration.upgrade;
  return std::any_of(upgrade.begin(),
                     upgrade.begin() + static_cast<std::ptrdiff_t>(statement.first),
                     [&](const Operation& earlier) {
                       return earlier.is<migration::DropIndex>() && earlier.object.known &&
                              earlier.object.text == create.object.text;
                     });
}

std::string drop_and_create(const Operation& create) {
  Operation drop = create;
  drop.action = migration::DropIndex{};
  drop.if_exists = true;
  drop.if_not_exists = false;
  Operation plain = create;
  plain.if_not_exists = false;
  const std::array lines = {engine::directive(drop), engine::directive(plain)};
  return engine::autocommit_block(lines);
}

std::vector<engine::Report> check_concurrent_index_if_not_exists(
    const engine::StatementContext& statement) {
  std::vector<engine::Report> reports;
  for (const Operation& operation : statement.operations) {
    if (!operation.is<migration::CreateIndex>() || !operation.concurrently ||
        !operation.if_not_exists || statement.is_new(operation.table) ||
        is_dropped_before(statement, operation)) {
      continue;
    }
    const catalog::Table* table = statement.before.find_table(operation.table);
    if (table != nullptr && effect::is_partitioned(*table)) {
      continue;  // it fails
    }
    reports.push_back(
        {.operation = &operation,
         .message = fmt::format("IF NOT EXISTS takes an invalid {} that a failed build left behind "
                                "for the index, and it stays invalid",
                                migration::display(operation.object)),
         .help = drop_and_create(operation)});
  }
  return reports;
}

}  // namespace

const engine::Rule concurrent_index_if_not_exists{
    .info = {.id = "concurrent-index-if-not-exists",
             .severity = finding::Severity::warning,
             .summary = "CREATE INDEX CONCURRENTLY has IF NOT EXISTS, which passes over an invalid "
                        "index.",
             .explanation =
                 "A concurrent build that fails or is cancelled leaves an invalid index behind. "
                 "With IF NOT EXISTS the next try finds that index, says so in a notice and "
                 "succeeds: the revision is done, and the index is never used, or never enforces "
                 "that values are unique.\n\n"
                 "Drop it first with `op.drop_index(…, if_exists=True, "
                 "postgresql_concurrently=True)`, and create it without `if_not_exists`."},
    .claim = {engine::ClaimKind::nothing},
    .check_statement = check_concurrent_index_if_not_exists};

}  // namespace gauger::rules
