// Columns that change their type.
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "effect/lookup.hpp"
#include "effect/prediction.hpp"
#include "effect/type_cast.hpp"
#include "effect/type_change.hpp"
#include "effect/type_name.hpp"
#include "sql/expression_tree.hpp"

namespace gauger::effect {
namespace {

// The casts that rewrite and that no value fails.
constexpr std::pair<std::string_view, std::string_view> widening[] = {
    {"smallint", "integer"}, {"smallint", "bigint"},       {"smallint", "numeric"},
    {"integer", "bigint"},   {"integer", "numeric"},       {"integer", "double precision"},
    {"bigint", "numeric"},   {"real", "double precision"}, {"date", "timestamp without time zone"},
    {"boolean", "integer"},
};

bool fits_always(std::string_view from, std::string_view to) {
  const TypeParts source = parse_type(from);
  const TypeParts target = parse_type(to);
  if (source.array || target.array || !target.modifiers.empty()) {
    return false;
  }
  return target.base == "text" || target.base == "character varying" ||
         std::any_of(std::begin(widening), std::end(widening), [&](const auto& each) {
           return each.first == source.base && each.second == target.base;
         });
}

void refuse_dependents(const catalog::Table& table, std::string_view column,
                       Prediction& prediction) {
  const auto refuse = [&](Use use, std::string_view by) {
    if (use == Use::yes) {
      prediction.fail(FailureKind::always,
                      fmt::format("cannot alter type of a column used by {}", by));
    } else if (use == Use::unknown) {
      prediction.unknown();
    }
  };
  for (const auto* view : views_on(prediction.before(), table.name)) {
    refuse(uses_column(prediction.before(), *view, table.name, column), "a view or rule");
  }
  for (const auto& each : table.columns) {
    if (!each.generated.empty()) {
      refuse(uses_column(each.generated, column), "a generated column");
    }
  }
  const auto guards = guards_of(table, column);
  if (!guards.empty()) {
    prediction.fail(
        FailureKind::always,
        fmt::format("cannot alter type of a column used in a {0} definition ({1})",
                    guards.front().substr(0, guards.front().find(' ')), guards.front()));
  }
  // A name that is not there: what it reads is not known.
  const auto are_known = [](const auto& names, const auto& columns) {
    return std::all_of(names.begin(), names.end(),
                       [&](const std::string& name) { return columns.contains(name); });
  };
  if (!are_known(table.triggers, table.trigger_columns) ||
      !are_known(table.policies, table.policy_columns)) {
    prediction.unknown();
  }
}

// Foreign keys are made again, from either side; their rows are checked again where the type's
// operators have changed or the table is rewritten.
void remake_foreign_keys(const catalog::Table& table, std::string_view column, TypeChange change,
                         Prediction& prediction) {
  const auto remake = [&](const catalog::Table& from, const catalog::Constraint& key) {
    prediction.lock(family(prediction.before(), from, Scope::descendants), Lock::access_exclusive);
    lock_referenced(key, Lock::access_exclusive, prediction);
    if (key.valid && key.enforced && change > TypeChange::none && change != TypeChange::unknown &&
        change != TypeChange::unless_utc) {
      prediction.work(WorkKind::foreign_key_scan,
                      family(prediction.before(), from, Scope::descendants), key.name);
    }
  };
  const auto& constraints = table.constraints;
  for (const auto& constraint : constraints) {
    if (constraint.kind == catalog::ConstraintKind::foreign_key &&
        contains(constraint.columns, column)) {
      remake(table, constraint);
    }
  }
  for (const ForeignKey& key : references_to(prediction.before(), table)) {
    const auto& referenced = key.constraint->referenced_columns;
    const bool by_primary_key =
        referenced.empty() &&
        std::any_of(constraints.begin(), constraints.end(), [&](const auto& each) {
          return each.kind == catalog::ConstraintKind::primary_key &&
                 contains(each.columns, column);
        });
    if (by_primary_key || contains(referenced, column)) {
      remake(*key.table, *key.constraint);
    }
  }
}

// Without a rewrite: the indexes that cannot be kept, and the checks that mention the column.
void remake_others(const catalog::Table& table, std::string_view column, TypeChange change,
                   bool recollated, Prediction& prediction) {
  for (const auto& index : table.indexes) {
    const IndexUse use = uses_column(index, column);
    const bool own_collation =
        std::any_of(index.keys.begin(), index.keys.end(), [&](const catalog::IndexKey& key) {
          return key.column == column && !key.collation.empty();
        });
    if (use.expression == Use::yes ||
        (use.plain && (change == TypeChange::index_build || (recollated && !own_collation)))) {
      prediction.work(WorkKind::index_build, table.name, index.name);
    } else if (use.expression == Use::unknown) {
      prediction.unknown();
    }
  }
  for (const auto& constraint : table.constraints) {
    if (constraint.kind != catalog::ConstraintKind::check || !constraint.valid ||
        !constraint.enforced) {
      continue;
    }
    const Use use = uses_column(constraint.expression, column);
    if (use == Use::yes) {
      prediction.work(WorkKind::scan, table.name, constraint.name);
    } else if (use == Use::unknown) {
      prediction.unknown();
    }
  }
}

// Whether the column's default is a constant, which has the column's type or that of numbers, that
// PostgreSQL does not cast to the new type by itself, as it must whatever USING says of the rows.
bool has_stuck_default(const catalog::Column& column, std::string_view to,
                       const Prediction& prediction) {
  if (!column.default_ || column.default_->empty() || !column.generated.empty() ||
      casts_by_itself(column.type, to, prediction.before()) != std::optional(false)) {
    return false;
  }
  const bool drops_first = std::any_of(
      prediction.statement().begin(), prediction.statement().end(), [&](const auto& operation) {
        const auto* set = operation.template as<migration::SetDefault>();
        return set != nullptr && !set->value && set->column.text == column.name;
      });
  auto tree = sql::parse_expression_tree(*column.default_);
  if (drops_first || !tree) {
    return false;
  }
  switch (tree->kind) {
    case sql::ExpressionKind::string:
    case sql::ExpressionKind::truth:
      return true;
    case sql::ExpressionKind::number:
      return casts_by_itself("integer", to, prediction.before()) == std::optional(false) &&
             casts_by_itself("numeric", to, prediction.before()) == std::optional(false);
    default:
      return false;
  }
}

}  // namespace

void change_type(const catalog::Table& table, const catalog::Column& column,
                 const migration::ChangeType& change, Prediction& prediction) {
  const std::string_view name = column.name;
  std::string from = column.type;
  if (from.empty() && change.existing_type) {
    from = change.existing_type->text;
  }
  refuse_dependents(table, name, prediction);
  const bool sure = !column.type.empty() && column.certainty == catalog::Certainty::certain &&
                    table.certainty == catalog::Certainty::certain;
  if (sure && change.using_.empty() &&
      casts_by_itself(from, change.type.text, prediction.before()) == false) {
    prediction.fail(FailureKind::always,
                    fmt::format("column \"{}\" cannot be cast automatically to type {}", name,
                                change.type.text));
    return;
  }
  if (sure && has_stuck_default(column, change.type.text, prediction)) {
    prediction.fail(FailureKind::always,
                    fmt::format("default for column \"{}\" cannot be cast automatically to type {}",
                                name, change.type.text));
  }
  const TypeChange kind = compare_types(from, change.type.text, change.using_, name,
                                        prediction.before(), prediction.session().timezone_utc);
  if (kind == TypeChange::unknown || kind == TypeChange::unless_utc) {
    prediction.unknown();
  }
  if (kind == TypeChange::rewrite) {
    if (!is_partitioned(table)) {
      prediction.work(WorkKind::rewrite, table.name);
    }
    if (!change.using_.empty() || !fits_always(from, change.type.text)) {
      prediction.fail(FailureKind::on_some_rows, "a value does not fit the type");
    }
  } else if (!is_partitioned(table)) {
    remake_others(table, name, kind, column.collation != change.collation, prediction);
  }
  remake_foreign_keys(table, name, kind, prediction);
}

bool predict_type(const migration::Operation& operation, Prediction& prediction) {
  const auto* change = operation.as<migration::ChangeType>();
  if (change == nullptr) {
    return false;
  }
  const auto tables =
      prediction.tables(operation.table, Lock::access_exclusive, scope_of(operation));
  for (const auto* table : tables) {
    if (const auto* column = table->find_column(change->column.text)) {
      change_type(*table, *column, *change, prediction);
    } else {
      prediction.unknown();
    }
  }
  return true;
}

}  // namespace gauger::effect
