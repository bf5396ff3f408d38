#include "rules/partition_detach_blocks/partition_detach_blocks.hpp"

#include <string>

#include <fmt/format.h>

#include "catalog/names.hpp"
#include "catalog/render.hpp"
#include "effect/lookup.hpp"

namespace gauger::rules {

using migration::Operation;

namespace {

// The first major version with DETACH PARTITION … CONCURRENTLY.
constexpr int concurrently_since = 14;

std::string identifier(const catalog::QualifiedName& table) {
  const std::string name = catalog::quote_identifier(table.name);
  return table.schema == "public"
             ? name
             : fmt::format("{}.{}", catalog::quote_identifier(table.schema), name);
}

std::vector<engine::Report> check_partition_detach_blocks(const engine::StatementContext& context) {
  std::vector<engine::Report> reports;
  if (context.session.postgres_version < concurrently_since || !context.before.complete) {
    return reports;
  }
  for (const Operation& operation : context.operations) {
    const auto* detach = operation.as<migration::DetachPartition>();
    const auto* parent = detach == nullptr || operation.concurrently || detach->finalize
                             ? nullptr
                             : context.before.find_table(operation.table);
    const auto* partition =
        parent == nullptr ? nullptr : context.before.find_table(detach->partition);
    // With a default partition there is no concurrent form.
    if (partition == nullptr || context.is_new(parent->name) ||
        effect::default_partition(context.before, *parent) != nullptr) {
      continue;
    }
    reports.push_back(
        {.operation = &operation,
         .message = fmt::format("{} is detached under ACCESS EXCLUSIVE on {}, which blocks reads "
                                "and writes of all partitions",
                                catalog::display(partition->name), catalog::display(parent->name)),
         .help = fmt::format("with op.get_context().autocommit_block():\n    op.execute({})",
                             catalog::python_string(fmt::format(
                                 "ALTER TABLE {} DETACH PARTITION {} CONCURRENTLY",
                                 identifier(parent->name), identifier(partition->name))))});
  }
  return reports;
}

}  // namespace

const engine::Rule partition_detach_blocks{
    .info = {.id = "partition-detach-blocks",
             .severity = finding::Severity::warning,
             .summary = "A partition is detached with a lock on the whole table, where PostgreSQL "
                        "could do it concurrently.",
             .explanation =
                 "`DETACH PARTITION` takes ACCESS EXCLUSIVE on the parent. It is brief, but it "
                 "waits for every transaction that uses any partition, and all that come later "
                 "wait behind it. `CONCURRENTLY`, since PostgreSQL 14, does not block them; it "
                 "cannot run in a transaction, and there is none where a default partition "
                 "exists.\n\n"
                 "Write `DETACH PARTITION … CONCURRENTLY` in an "
                 "`op.get_context().autocommit_block()`."},
    .claim = {engine::ClaimKind::effect, effect::Lock::access_exclusive},
    .check_statement = check_partition_detach_blocks};

}  // namespace gauger::rules
