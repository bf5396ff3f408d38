// Columns that are added, dropped, renamed, and what they are apart from their type.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "effect/lookup.hpp"
#include "effect/prediction.hpp"
#include "effect/proof.hpp"
#include "effect/type_change.hpp"
#include "effect/volatility.hpp"

namespace gauger::effect {
namespace {

using migration::AddColumn;
using migration::Column;
using migration::Default;
using migration::DefaultKind;
using migration::Identity;
using Tables = std::vector<const catalog::Table*>;

// Whether the default has a value of its own for each row. Nothing: not known.
std::optional<bool> differs_by_row(const Default& default_, const Prediction& prediction) {
  switch (default_.kind) {
    case DefaultKind::literal:
      return false;
    case DefaultKind::expression:
      return is_volatile(default_.text, prediction.before());
    case DefaultKind::unknown:
      break;
  }
  return std::nullopt;
}

// Its functions have to be there, and the label of an enum to be usable.
void check_default(const Default& default_, std::string_view type, Prediction& prediction) {
  const auto* enum_ = find_enum(prediction.before(), type);
  if (default_.kind == DefaultKind::literal && enum_ != nullptr) {
    use_label(*enum_, default_.text, prediction);
  }
  if (default_.kind != DefaultKind::expression) {
    return;
  }
  const int version = needed_version(default_.text);
  if (version <= prediction.session().postgres_version) {
    return;
  }
  const auto& extensions = prediction.before().extensions;
  const bool extended =
      std::find(extensions.begin(), extensions.end(), "pgcrypto") != extensions.end();
  if (extended || !prediction.before().complete) {
    prediction.unknown();
  } else {
    prediction.fail(FailureKind::always, "function does not exist");
  }
}

enum class Generation : std::uint8_t { none, stored, virtual_, unknown };

Generation generation(const Column& column, Prediction& prediction) {
  if (!column.generated) {
    return Generation::none;
  }
  if (column.generated->kind == migration::GeneratedKind::stored) {
    return Generation::stored;
  }
  if (column.generated->kind == migration::GeneratedKind::by_sqlalchemy) {
    return prediction.session().postgres_version < 18 ? Generation::stored : Generation::unknown;
  }
  prediction.needs_version(18, "a virtual generated column");
  return Generation::virtual_;
}

// Whether a new column has to be written into every row. Nothing: not known.
std::optional<bool> is_written(const Column& column, Generation generation,
                               const Prediction& prediction) {
  if (column.serial || column.identity != Identity::none || generation == Generation::stored) {
    return true;
  }
  std::optional<bool> written = false;
  if (generation == Generation::unknown) {
    written = std::nullopt;
  } else if (generation == Generation::none && column.server_default) {
    written = differs_by_row(*column.server_default, prediction);
  }
  const auto constrained = column.type.known()
                               ? is_constrained_domain(column.type.text, prediction.before())
                               : std::nullopt;
  if (written.value_or(false) || constrained.value_or(false)) {
    return true;
  }
  // An enum that SQLAlchemy makes with the column is no domain.
  const bool plain = constrained.has_value() || column.type.enumeration.has_value();
  return plain ? written : std::nullopt;
}

void fill(const Column& column, Generation generation, const Tables& tables,
          Prediction& prediction) {
  const auto written = is_written(column, generation, prediction);
  if (written.value_or(false)) {
    prediction.work(WorkKind::rewrite, tables);
  } else if (!written) {
    prediction.unknown();
  }
  const bool required = column.nullable && !*column.nullable;
  if (generation == Generation::virtual_ && required) {
    prediction.work(WorkKind::scan, tables);
  }
  if (migration::fills_itself(column)) {
    return;
  }
  if (required || column.primary_key) {
    prediction.fail(FailureKind::on_rows, fmt::format("column \"{}\" contains null values",
                                                      migration::display(column.name)));
  } else if (!column.nullable) {
    prediction.unknown();
  }
  const auto* domain = find_domain(prediction.before(), column.type.text);
  if (domain != nullptr && domain->not_null) {
    prediction.fail(FailureKind::on_rows,
                    fmt::format("domain {} does not allow null values", domain->name.name));
  }
}

void add(const AddColumn& add, const migration::Operation& operation, Prediction& prediction) {
  const auto tables =
      prediction.tables(operation.table, Lock::access_exclusive, scope_of(operation));
  const Column& column = add.column;
  const Generation kind = generation(column, prediction);
  if (column.server_default) {
    check_default(*column.server_default, column.type.text, prediction);
  }
  if (tables.empty()) {
    return;
  }
  if (operation.if_not_exists && tables.front()->find_column(column.name.text) != nullptr) {
    return;
  }
  fill(column, kind, tables, prediction);
  if (operation.only &&
      family(prediction.before(), *tables.front(), Scope::descendants).size() > 1) {
    prediction.fail(FailureKind::always, "column must be added to child tables too");
  }
  if (column.identity != Identity::none && tables.size() > 1 &&
      (!is_partitioned(*tables.front()) || prediction.session().postgres_version < 17)) {
    prediction.fail(FailureKind::always,
                    "cannot recursively add identity column to table that has child tables");
  }
}

bool is_in_primary_key(const catalog::Table& table, std::string_view column) {
  return std::any_of(table.constraints.begin(), table.constraints.end(), [&](const auto& each) {
    return each.kind == catalog::ConstraintKind::primary_key && contains(each.columns, column);
  });
}

bool references_column(const ForeignKey& key, const catalog::Table& target,
                       std::string_view column) {
  if (!key.constraint->referenced_columns.empty()) {
    return contains(key.constraint->referenced_columns, column);
  }
  return is_in_primary_key(target, column);
}

std::vector<const catalog::View*> views_using(const catalog::Table& table, std::string_view column,
                                              Prediction& prediction) {
  std::vector<const catalog::View*> result;
  for (const auto* view : views_on(prediction.before(), table.name)) {
    const Use use = uses_column(prediction.before(), *view, table.name, column);
    if (use == Use::yes) {
      result.push_back(view);
    } else if (use == Use::unknown) {
      prediction.unknown();
    }
  }
  return result;
}

void drop(const migration::DropColumn& drop, const migration::Operation& operation,
          Prediction& prediction) {
  const auto tables =
      prediction.tables(operation.table, Lock::access_exclusive, scope_of(operation));
  if (tables.empty() || !drop.column.known) {
    prediction.unknown();
    return;
  }
  const catalog::Table& table = *tables.front();
  const std::string_view column = drop.column.text;
  for (const auto& constraint : table.constraints) {
    if (constraint.kind == catalog::ConstraintKind::foreign_key &&
        contains(constraint.columns, column)) {
      lock_referenced(constraint, Lock::access_exclusive, prediction);
    }
  }
  const std::string what = fmt::format("column {} of table {}", column, table.name.name);
  for (const ForeignKey& key : references_to(prediction.before(), table)) {
    if (!references_column(key, table, column) || key.table == &table) {
      continue;
    }
    if (operation.cascade) {
      prediction.lock(key.table->name, Lock::access_exclusive);
    } else {
      prediction.fail(FailureKind::always,
                      fmt::format("cannot drop {} because other objects depend on it", what));
    }
  }
  const auto guards = guards_of(table, column);
  if (!operation.cascade && !guards.empty()) {
    prediction.fail(FailureKind::always,
                    fmt::format("cannot drop {} because other objects depend on it ({})", what,
                                guards.front()));
  }
  // Before 15 they went with it (recordDependencyOnSingleRelExpr() in StoreAttrDefault()).
  if (!operation.cascade && prediction.session().postgres_version >= 15 &&
      std::any_of(table.columns.begin(), table.columns.end(), [&](const auto& each) {
        return is_computed_from(each, column) && !prediction.drops(table, each);
      })) {
    prediction.fail(FailureKind::always,
                    fmt::format("cannot drop {} because other objects depend on it", what));
  }
  drop_views(views_using(table, column, prediction), operation.cascade, what, prediction);
}

void set_not_null(const migration::SetNotNull& set, const migration::Operation& operation,
                  Prediction& prediction) {
  const auto* table = prediction.table(operation.table, Lock::access_exclusive);
  if (table == nullptr || !set.column.known) {
    prediction.unknown();
    return;
  }
  require_not_null(*table, set.column.text, scope_of(operation), prediction);
}

void drop_not_null(const migration::DropNotNull& drop, const migration::Operation& operation,
                   Prediction& prediction) {
  const auto tables =
      prediction.tables(operation.table, Lock::access_exclusive, scope_of(operation));
  if (!tables.empty() && is_in_primary_key(*tables.front(), drop.column.text)) {
    prediction.fail(FailureKind::always,
                    fmt::format("column \"{}\" is in a primary key", drop.column.text));
  }
}

void change_identity(const migration::ChangeIdentity& change, const migration::Operation& operation,
                     Prediction& prediction) {
  const auto* table = prediction.table(operation.table, Lock::access_exclusive);
  const auto* column = table == nullptr ? nullptr : table->find_column(change.column.text);
  if (column != nullptr && change.change == migration::IdentityChange::add &&
      column->nullable.value_or(false)) {
    prediction.fail(FailureKind::always,
                    fmt::format("column \"{}\" of relation \"{}\" must be declared NOT NULL "
                                "before identity can be added",
                                column->name, table->name.name));
  }
}

void set_default(const migration::SetDefault& set, const migration::Operation& operation,
                 Prediction& prediction) {
  const auto tables =
      prediction.tables(operation.table, Lock::access_exclusive, scope_of(operation));
  const auto* column = tables.empty() ? nullptr : tables.front()->find_column(set.column.text);
  if (set.value) {
    check_default(*set.value, column == nullptr ? std::string_view() : column->type, prediction);
  }
}

void set_expression(const migration::SetExpression& set, const migration::Operation& operation,
                    Prediction& prediction) {
  const auto tables =
      prediction.tables(operation.table, Lock::access_exclusive, scope_of(operation));
  if (!set.expression) {
    prediction.needs_version(13, "DROP EXPRESSION");
    return;
  }
  if (!prediction.needs_version(17, "SET EXPRESSION") || tables.empty()) {
    return;
  }
  const auto* column = tables.front()->find_column(set.column.text);
  if (column == nullptr) {
    prediction.unknown();
  } else if (!column->generated_virtual) {
    prediction.work(WorkKind::rewrite, tables);
  }
}

}  // namespace

void require_not_null(const catalog::Table& table, std::string_view column, Scope scope,
                      Prediction& prediction) {
  const auto is_required = [&](const catalog::Table& each) {
    const auto* found = each.find_column(column);
    return is_in_primary_key(each, column) || (found != nullptr && !found->nullable.value_or(true));
  };
  const auto is_dropped = [&](const catalog::Constraint& constraint) {
    return std::any_of(prediction.statement().begin(), prediction.statement().end(),
                       [&](const auto& operation) {
                         return operation.template is<migration::DropConstraint>() &&
                                operation.object.text == constraint.name;
                       });
  };
  if (is_required(table)) {
    return;  // nor does it go on to the partitions then
  }
  const auto members = family(prediction.before(), table, scope);
  prediction.lock(members, Lock::access_exclusive);
  for (const auto* member : members) {
    if (is_partitioned(*member) || is_required(*member)) {
      continue;
    }
    const auto* found = member->find_column(column);
    if (found == nullptr || !found->nullable) {
      prediction.unknown();
      continue;
    }
    Proof proof = Proof::no;
    for (const auto& constraint : member->constraints) {
      if (constraint.kind == catalog::ConstraintKind::check && constraint.valid &&
          constraint.enforced && !is_dropped(constraint)) {
        const Proof one = constraint.expression.empty()
                              ? Proof::unknown
                              : proves_not_null(constraint.expression, column);
        proof = std::max(proof, one);
      }
    }
    if (proof == Proof::unknown) {
      prediction.unknown();
    } else if (proof == Proof::no) {
      prediction.work(WorkKind::scan, member->name);
      prediction.fail(FailureKind::on_some_rows,
                      fmt::format(R"(column "{}" of relation "{}" contains null values)", column,
                                  member->name.name));
    }
  }
}

bool predict_column(const migration::Operation& operation, Prediction& prediction) {
  const auto descend = [&](Lock lock) {
    static_cast<void>(prediction.tables(operation.table, lock, scope_of(operation)));
    return true;
  };
  if (const auto* action = operation.as<AddColumn>()) {
    add(*action, operation, prediction);
    return true;
  }
  if (const auto* action = operation.as<migration::DropColumn>()) {
    drop(*action, operation, prediction);
    return true;
  }
  if (const auto* action = operation.as<migration::SetNotNull>()) {
    set_not_null(*action, operation, prediction);
    return true;
  }
  if (const auto* action = operation.as<migration::ChangeIdentity>()) {
    change_identity(*action, operation, prediction);
    return true;
  }
  if (const auto* action = operation.as<migration::SetExpression>()) {
    set_expression(*action, operation, prediction);
    return true;
  }
  if (const auto* action = operation.as<migration::SetDefault>()) {
    set_default(*action, operation, prediction);
    return true;
  }
  if (const auto* action = operation.as<migration::DropNotNull>()) {
    drop_not_null(*action, operation, prediction);
    return true;
  }
  if (operation.is<migration::RenameColumn>()) {
    return descend(Lock::access_exclusive);
  }
  if (operation.is<migration::SetComment>()) {
    prediction.lock(operation.table, Lock::share_update_exclusive);
    return true;
  }
  return false;
}

}  // namespace gauger::effect
