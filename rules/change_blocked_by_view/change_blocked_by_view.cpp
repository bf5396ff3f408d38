#include "rules/change_blocked_by_view/change_blocked_by_view.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "catalog/definition.hpp"
#include "catalog/names.hpp"
#include "catalog/render.hpp"
#include "effect/lookup.hpp"
#include "engine/advice.hpp"

namespace gauger::rules {

using catalog::View;
using migration::Operation;

namespace {

// What is changed or dropped.
struct Change {
  const migration::Name* column = nullptr;  // null: the table is dropped
  std::string_view verb{};
};

std::optional<Change> change_of(const Operation& operation) {
  if (operation.cascade) {
    return std::nullopt;
  }
  if (const auto* change = operation.as<migration::ChangeType>()) {
    return Change{&change->column, "the type cannot change"};
  }
  if (const auto* drop = operation.as<migration::DropColumn>()) {
    return Change{&drop->column, "it cannot be dropped"};
  }
  if (operation.is<migration::DropTable>()) {
    return Change{nullptr, "it cannot be dropped"};
  }
  return std::nullopt;
}

// The views that PostgreSQL refuses the change for.
std::vector<const View*> blocking(const Operation& operation, const Change& change,
                                  const engine::StatementContext& context) {
  const catalog::Table* table = context.before.find_table(operation.table);
  if (table == nullptr) {
    return {};
  }
  std::vector<const View*> views = effect::views_on(context.before, table->name);
  std::erase_if(views, [&](const View* view) {
    return view->certainty != catalog::Certainty::certain ||
           (change.column != nullptr &&
            effect::uses_column(context.before, *view, table->name, change.column->text) !=
                effect::Use::yes);
  });
  return views;
}

// A step that is not understood may have dropped the view.
bool is_understood_so_far(const engine::StatementContext& context) {
  const std::vector<Operation>& upgrade = context.revision.migration.upgrade;
  return std::all_of(upgrade.begin(), upgrade.begin() + static_cast<std::ptrdiff_t>(context.first),
                     [](const Operation& each) { return each.understood(); });
}

std::string identifier(const View& view) {
  const std::string name = catalog::quote_identifier(view.name.name);
  return view.name.schema == "public"
             ? name
             : fmt::format("{}.{}", catalog::quote_identifier(view.name.schema), name);
}

// With the views that read them, which come later.
std::vector<const View*> with_readers(std::vector<const View*> views,
                                      const catalog::Catalog& before) {
  for (std::size_t i = 0; i < views.size(); ++i) {
    for (const View* reader : effect::views_on(before, views[i]->name)) {
      if (std::find(views.begin(), views.end(), reader) == views.end()) {
        views.push_back(reader);
      }
    }
  }
  return views;
}

std::string help(const std::vector<const View*>& views, bool again) {
  std::vector<std::string> before;
  std::vector<std::string> after;
  for (const View* view : views) {
    const std::string kind = view->materialized ? "MATERIALIZED VIEW" : "VIEW";
    before.insert(before.begin(),
                  engine::execute(fmt::format("DROP {} {}", kind, identifier(*view))));
    after.push_back(
        engine::execute(fmt::format("CREATE {} {} AS {}", kind, identifier(*view),
                                    view->definition.empty() ? "…" : view->definition)));
    for (const catalog::Index& index : view->indexes) {
      after.push_back(engine::execute(catalog::create_index_sql(view->name, index)));
    }
  }
  const std::string drops = fmt::format("drop it before:\n{}", fmt::join(before, "\n"));
  return again ? fmt::format("{}\nand create it again after, in this revision:\n{}", drops,
                             fmt::join(after, "\n"))
               : drops;
}

std::vector<engine::Report> check_change_blocked_by_view(const engine::StatementContext& context) {
  std::vector<engine::Report> reports;
  if (context.before.views.empty() || !is_understood_so_far(context)) {
    return reports;
  }
  for (const Operation& operation : context.operations) {
    const auto change = change_of(operation);
    const auto views = change ? blocking(operation, *change, context) : std::vector<const View*>();
    if (views.empty()) {
      continue;
    }
    std::vector<std::string> names;
    names.reserve(views.size());
    for (const View* view : views) {
      names.push_back(catalog::display(view->name));
    }
    const std::string table = migration::display(operation.table);
    reports.push_back(
        {.operation = &operation,
         .message = fmt::format(
             "the view {} reads {}: {}", fmt::join(names, ", "),
             change->column == nullptr ? table : table + "." + migration::display(*change->column),
             change->verb),
         .help = help(with_readers(views, context.before), operation.is<migration::ChangeType>())});
  }
  return reports;
}

}  // namespace

const engine::Rule change_blocked_by_view{
    .info = {.id = "change-blocked-by-view",
             .severity = finding::Severity::error,
             .summary = "A column or table that a view reads is changed or dropped, which "
                        "PostgreSQL refuses.",
             .explanation =
                 "A view holds on to the columns that it reads: their type cannot change (\"cannot "
                 "alter type of a column used by a view or rule\"), and dropping them, or the "
                 "table, fails unless CASCADE drops the view, too.\n\n"
                 "Drop the view, make the change, and create the view again in the same revision."},
    .claim = {engine::ClaimKind::failure},
    .check_statement = check_change_blocked_by_view};

}  // namespace gauger::rules
