#include "engine/rule.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_map>

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

std::vector<bool> on_new_tables(const std::vector<Operation>& operations) {
  std::unordered_map<std::string_view, std::vector<const migration::TableName*>> created;
  std::vector<bool> result;
  result.reserve(operations.size());
  for (const Operation& operation : operations) {
    const migration::TableName& table = operation.table;
    const auto known = table.name.known ? created.find(table.name.text) : created.end();
    result.push_back(known != created.end() &&
                     std::any_of(known->second.begin(), known->second.end(),
                                 [&](const auto* each) { return may_be_same(*each, table); }));
    if (operation.kind == OperationKind::create_table && !operation.if_not_exists &&
        table.name.known && !result.back()) {
      created[table.name.text].push_back(&table);
    }
  }
  return result;
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
