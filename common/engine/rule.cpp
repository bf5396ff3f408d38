#include "engine/rule.hpp"

#include <algorithm>

namespace gauger::engine {

using migration::Operation;
using migration::OperationKind;

bool may_be_same(const migration::TableName& left, const migration::TableName& right) {
  const auto clash = [](const migration::Name& a, const migration::Name& b) {
    return a.known && b.known && a.text != b.text;
  };
  if (clash(left.name, right.name)) {
    return false;
  }
  return left.schema.absent() || right.schema.absent() || !clash(left.schema, right.schema);
}

bool RuleContext::created_here(std::size_t index) const {
  const std::vector<Operation>& operations = migration.upgrade;
  const migration::TableName& table = operations[index].table;
  return std::any_of(operations.begin(), operations.begin() + static_cast<std::ptrdiff_t>(index),
                     [&](const Operation& earlier) {
                       if (earlier.kind == OperationKind::rename_table) {
                         return false;
                       }
                       return earlier.kind == OperationKind::create_table &&
                              !earlier.if_not_exists && earlier.table.name.known &&
                              table.name.known && may_be_same(earlier.table, table);
                     });
}

bool destroys(const Operation& operation) {
  switch (operation.kind) {
    case OperationKind::drop_table:
    case OperationKind::drop_column:
    case OperationKind::drop_schema:
    case OperationKind::truncate:
      return true;
    case OperationKind::drop_type:
    case OperationKind::drop_other:
      return operation.cascade;
    default:
      return false;
  }
}

bool demands_values(const Operation& operation) {
  if (operation.kind == OperationKind::alter_column) {
    return operation.change->nullable == std::optional(false) &&
           operation.change->existing_nullable != std::optional(false);
  }
  if (operation.kind != OperationKind::add_column) {
    return false;
  }
  const migration::Column& column = operation.columns.front();
  return column.nullable == std::optional(false) && !column.server_default && !column.serial;
}

bool changes_type(const Operation& operation) {
  if (operation.kind != OperationKind::alter_column || !operation.change->type) {
    return false;
  }
  const auto& before = operation.change->existing_type;
  return !before || !before->known() || before->text != operation.change->type->text;
}

}  // namespace gauger::engine
