#include "rules/cascade_drops_dependents/cascade_drops_dependents.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "effect/lookup.hpp"

namespace gauger::rules {

using migration::Operation;

namespace {

using Names = std::vector<std::string>;

void add(Names& names, std::string name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) {
    names.push_back(std::move(name));
  }
}

void add_views(Names& names, const engine::StatementContext& context,
               const catalog::QualifiedName& relation) {
  for (const catalog::View* view : effect::views_on(context.before, relation)) {
    if (view->certainty == catalog::Certainty::certain) {
      add(names, "the view " + catalog::display(view->name));
    }
  }
}

// The foreign keys of other tables; of those with `key`, only those that need it.
void add_references(Names& names, const engine::StatementContext& context,
                    const catalog::Table& table, const catalog::Constraint* key) {
  for (const effect::ForeignKey& each : effect::references_to(context.before, table)) {
    const bool needed = key == nullptr || each.constraint->referenced_columns.empty() ||
                        each.constraint->referenced_columns == key->columns;
    if (each.table != &table && needed && !context.drops_table(each.table->name)) {
      add(names, fmt::format("the foreign key {} of {}",
                             each.constraint->name.empty() ? "?" : each.constraint->name,
                             catalog::display(each.table->name)));
    }
  }
}

Names dropped_besides(const Operation& operation, const engine::StatementContext& context) {
  Names names;
  const catalog::Table* table = context.before.find_table(operation.table);
  if (operation.is<migration::DropTable>() && table != nullptr) {
    add_views(names, context, table->name);
    add_references(names, context, *table, nullptr);
  } else if (const auto* drop = operation.as<migration::DropColumn>();
             drop != nullptr && table != nullptr) {
    for (const catalog::View* view : effect::views_on(context.before, table->name)) {
      if (effect::uses_column(context.before, *view, table->name, drop->column.text) ==
          effect::Use::yes) {
        add(names, "the view " + catalog::display(view->name));
      }
    }
    for (const std::string& guard : effect::guards_of(*table, drop->column.text)) {
      add(names, "the " + guard);
    }
    for (const catalog::Column& column : table->columns) {
      if (effect::is_computed_from(column, drop->column.text)) {
        add(names,
            fmt::format("the generated column {}.{}", catalog::display(table->name), column.name));
      }
    }
  } else if (operation.is<migration::DropConstraint>() && table != nullptr) {
    const catalog::Constraint* key = table->find_constraint(operation.object.text);
    if (key != nullptr && (key->kind == catalog::ConstraintKind::primary_key ||
                           key->kind == catalog::ConstraintKind::unique)) {
      add_references(names, context, *table, key);
    }
  } else if (const auto* object = operation.as<migration::DropObject>(); object != nullptr) {
    const auto name = catalog::qualified({operation.table.schema, operation.object});
    if (name && object->kind == migration::ObjectKind::type) {
      for (const auto& use : effect::columns_of_type(context.before, *name)) {
        add(names,
            fmt::format("the column {}.{}", catalog::display(use.table->name), use.column->name));
      }
    } else if (name && (object->kind == migration::ObjectKind::view ||
                        object->kind == migration::ObjectKind::materialized_view)) {
      add_views(names, context, *name);
    }
  }
  return names;
}

std::vector<engine::Report> check_cascade_drops_dependents(
    const engine::StatementContext& context) {
  std::vector<engine::Report> reports;
  for (const Operation& operation : context.operations) {
    if (!operation.cascade) {
      continue;
    }
    const Names names = dropped_besides(operation, context);
    if (!names.empty()) {
      reports.push_back({.operation = &operation,
                         .message = fmt::format("CASCADE drops {}, too", fmt::join(names, ", ")),
                         .help = "drop each of them by its name before, and leave CASCADE out"});
    }
  }
  return reports;
}

}  // namespace

const engine::Rule cascade_drops_dependents{
    .info = {.id = "cascade-drops-dependents",
             .severity = finding::Severity::error,
             .summary = "DROP … CASCADE drops views, columns or foreign keys that it does not "
                        "name.",
             .explanation = "CASCADE drops whatever depends on the object, however far, and "
                            "PostgreSQL only tells in a NOTICE. What was dropped by hand in a "
                            "test is another set than what is dropped in production.\n\n"
                            "Drop each of them by its name, without CASCADE: then PostgreSQL "
                            "refuses what was not thought of."},
    .claim = {engine::ClaimKind::nothing},
    .check_statement = check_cascade_drops_dependents};

}  // namespace gauger::rules
