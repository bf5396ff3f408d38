// Values of enums that are used.
#include <algorithm>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "effect/lookup.hpp"
#include "effect/prediction.hpp"
#include "sql/expression_tree.hpp"

namespace gauger::effect {
namespace {

// The type of a column as the statement finds it, or adds it; empty: not known.
std::string type_of(const migration::TableName& table, std::string_view column,
                    const Prediction& prediction) {
  if (const auto* add = prediction.added_column(table, column)) {
    return add->column.type.text;
  }
  const auto* found = find_table(prediction.before(), resolve(prediction.before(), table));
  const auto* there = found == nullptr ? nullptr : found->find_column(column);
  return there == nullptr ? std::string() : there->type;
}

std::string type_of(const migration::Constant& constant, const Prediction& prediction) {
  if (!constant.type.empty()) {
    return constant.type;
  }
  if (!constant.position) {
    return type_of(constant.table, constant.column, prediction);
  }
  const auto* table = find_table(prediction.before(), resolve(prediction.before(), constant.table));
  return table == nullptr || *constant.position >= table->columns.size()
             ? std::string()
             : table->columns[*constant.position].type;
}

void use(std::string_view type, std::string_view text, Prediction& prediction) {
  if (const auto* enumeration = find_enum(prediction.before(), type)) {
    use_label(*enumeration, text, prediction);
  }
}

void use_compared(const std::string& expression, const migration::Operation& operation,
                  Prediction& prediction) {
  const auto tree = sql::parse_expression_tree(expression);
  if (!tree) {
    return;
  }
  for (const sql::ComparedString& each : sql::compared_strings(*tree)) {
    const auto* create = operation.as<migration::CreateTable>();
    if (create == nullptr) {
      use(type_of(operation.table, each.column, prediction), each.text, prediction);
      continue;
    }
    const auto column =
        std::find_if(create->columns.begin(), create->columns.end(),
                     [&](const auto& made) { return made.name.text == each.column; });
    if (column != create->columns.end()) {
      use(column->type.text, each.text, prediction);
    }
  }
}

void use_in_check(const migration::Constraint& constraint, const migration::Operation& operation,
                  Prediction& prediction) {
  if (constraint.kind == migration::ConstraintKind::check) {
    use_compared(constraint.expression, operation, prediction);
  }
}

}  // namespace

void use_label(const catalog::Enum& type, std::string_view text, Prediction& prediction) {
  for (const NewLabel& label : prediction.session().new_labels) {
    if (label.label != text || !same_object(label.type, type.name)) {
      continue;
    }
    if (!label.of_new_type || prediction.session().postgres_version < 17) {
      prediction.fail(
          FailureKind::always,
          fmt::format("unsafe use of new value \"{}\" of enum type {}", text, type.name.name));
    }
  }
}

void use_labels(const migration::Operation& operation, Prediction& prediction) {
  if (prediction.session().new_labels.empty()) {
    return;
  }
  for (const migration::Constant& constant : operation.constants) {
    use(type_of(constant, prediction), constant.text, prediction);
  }
  if (const auto* add = operation.as<migration::AddConstraint>()) {
    use_in_check(add->constraint, operation, prediction);
  }
  if (const auto* index = operation.as<migration::CreateIndex>()) {
    use_compared(index->index.predicate, operation, prediction);
    for (const auto& key : index->index.keys) {
      use_compared(key.expression, operation, prediction);
    }
  }
  if (const auto* create = operation.as<migration::CreateTable>()) {
    for (const auto& column : create->columns) {
      if (column.server_default && column.server_default->kind == migration::DefaultKind::literal) {
        use(column.type.text, column.server_default->text, prediction);
      }
    }
    for (const auto& constraint : create->constraints) {
      use_in_check(constraint, operation, prediction);
    }
  }
}

}  // namespace gauger::effect
