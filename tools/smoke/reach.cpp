#include "tools/smoke/reach.hpp"

#include <algorithm>
#include <string_view>

#include "catalog/catalog.hpp"
#include "effect/volatility.hpp"

namespace gauger::tools {
namespace {

using migration::Operation;

// Whether PostgreSQL's own functions are all that it calls; the catalog has none of the project's.
bool calls_only_builtin(std::string_view expression) {
  static const catalog::Catalog nothing;
  return expression.empty() || effect::is_volatile(expression, nothing).has_value();
}

bool calls_only_builtin(const migration::Column& column) {
  const auto& given = column.server_default;
  return (!given || given->kind == migration::DefaultKind::literal ||
          calls_only_builtin(given->text)) &&
         (!column.generated || calls_only_builtin(column.generated->expression));
}

bool calls_only_builtin(const migration::Index& index) {
  return calls_only_builtin(index.predicate) &&
         std::all_of(index.keys.begin(), index.keys.end(),
                     [](const auto& key) { return calls_only_builtin(key.expression); });
}

bool stays(const Operation& operation) {
  if (const auto* add = operation.as<migration::AddColumn>()) {
    return calls_only_builtin(add->column);
  }
  if (const auto* add = operation.as<migration::AddConstraint>()) {
    return calls_only_builtin(add->constraint.expression);
  }
  if (const auto* create = operation.as<migration::CreateIndex>()) {
    return calls_only_builtin(create->index);
  }
  return operation.is<migration::SetNotNull>() || operation.is<migration::DropNotNull>() ||
         operation.is<migration::SetDefault>() || operation.is<migration::SetComment>() ||
         operation.is<migration::RenameColumn>() || operation.is<migration::RenameTable>();
}

}  // namespace

bool makes_new_things(std::span<const Operation> operations) {
  return !operations.empty() &&
         std::all_of(operations.begin(), operations.end(), [](const Operation& operation) {
           return operation.is<migration::CreateTable>() ||
                  operation.is<migration::CreateIndex>() || operation.is<migration::CreateEnum>();
         });
}

bool stays_in_its_table(std::span<const Operation> operations) {
  return !operations.empty() && std::all_of(operations.begin(), operations.end(), stays);
}

}  // namespace gauger::tools
