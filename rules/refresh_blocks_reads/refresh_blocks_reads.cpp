#include "rules/refresh_blocks_reads/refresh_blocks_reads.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

#include <fmt/format.h>

#include "catalog/names.hpp"
#include "catalog/render.hpp"
#include "effect/lookup.hpp"

namespace gauger::rules {

using migration::Operation;

namespace {

bool was_made_here(const Operation& refresh, const engine::StatementContext& context) {
  const std::vector<Operation>& upgrade = context.revision.migration.upgrade;
  return std::any_of(upgrade.begin(), upgrade.begin() + static_cast<std::ptrdiff_t>(context.first),
                     [&](const Operation& each) {
                       return !each.understood() || (each.is<migration::CreateView>() &&
                                                     each.object.text == refresh.object.text);
                     });
}

// One that CONCURRENTLY can tell the rows by: of plain columns, and of all rows.
bool has_unique_index(const catalog::View& view) {
  return std::any_of(view.indexes.begin(), view.indexes.end(), [](const catalog::Index& index) {
    return index.unique && index.valid && index.keys_known && index.predicate.empty() &&
           std::none_of(index.keys.begin(), index.keys.end(),
                        [](const catalog::IndexKey& key) { return key.column.empty(); });
  });
}

std::string help(const catalog::View& view) {
  const std::string name = catalog::quote_identifier(view.name.name);
  const std::string qualified =
      view.name.schema == "public"
          ? name
          : fmt::format("{}.{}", catalog::quote_identifier(view.name.schema), name);
  return fmt::format("{}op.execute({})",
                     has_unique_index(view)
                         ? ""
                         : "after a unique index on columns of it, which CONCURRENTLY needs:\n",
                     catalog::python_string("REFRESH MATERIALIZED VIEW CONCURRENTLY " + qualified));
}

std::vector<engine::Report> check_refresh_blocks_reads(const engine::StatementContext& context) {
  std::vector<engine::Report> reports;
  for (const Operation& operation : context.operations) {
    const auto* refresh = operation.as<migration::RefreshView>();
    if (refresh == nullptr || operation.concurrently || !refresh->with_data ||
        was_made_here(operation, context)) {
      continue;
    }
    const catalog::View* view = effect::find_view(
        context.before, effect::resolve(context.before, {.schema = operation.table.schema,
                                                         .name = operation.object}));
    if (view == nullptr || !view->populated) {
      continue;
    }
    reports.push_back(
        {.operation = &operation,
         .message = fmt::format("{} is refreshed under ACCESS EXCLUSIVE: nobody can read it while "
                                "its query runs, and till the transaction ends",
                                catalog::display(view->name)),
         .help = help(*view)});
  }
  return reports;
}

}  // namespace

const engine::Rule refresh_blocks_reads{
    .info = {.id = "refresh-blocks-reads",
             .severity = finding::Severity::error,
             .summary = "A materialized view that is in use is refreshed without CONCURRENTLY, "
                        "which blocks those who read it.",
             .explanation =
                 "`REFRESH MATERIALIZED VIEW` takes ACCESS EXCLUSIVE on the view while its query "
                 "runs. `CONCURRENTLY` takes EXCLUSIVE, which lets readers go on; it needs a "
                 "unique index on columns of the view, and may run in a transaction.\n\n"
                 "Write `REFRESH MATERIALIZED VIEW CONCURRENTLY`."},
    .claim = {engine::ClaimKind::effect, effect::Lock::access_exclusive},
    .check_statement = check_refresh_blocks_reads};

}  // namespace gauger::rules
