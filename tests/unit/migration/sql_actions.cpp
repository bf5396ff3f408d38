#include "unit/migration/sql_actions.hpp"

#include <array>
#include <utility>

#include <doctest/doctest.h>

#include "migration/from_sql.hpp"

namespace gauger::tests {
namespace {

// In the order of migration::Action.
constexpr std::array<std::string_view, 54> names{
    "Opaque",           "Other",           "CreateTable",
    "DropTable",        "RenameTable",     "AddColumn",
    "DropColumn",       "RenameColumn",    "ChangeType",
    "SetNotNull",       "DropNotNull",     "SetDefault",
    "ChangeIdentity",   "SetExpression",   "SetComment",
    "AddConstraint",    "DropConstraint",  "ValidateConstraint",
    "RenameConstraint", "AlterConstraint", "CreateIndex",
    "DropIndex",        "RenameIndex",     "Reindex",
    "AttachPartition",  "DetachPartition", "AttachIndex",
    "AlterTable",       "CreateEnum",      "AddEnumValue",
    "RenameEnumValue",  "SyncEnum",        "RenameType",
    "CreateDomain",     "AlterDomain",     "CreateView",
    "RefreshView",      "CreateFunction",  "CreateTrigger",
    "CreatePolicy",     "CreateRule",      "CreateObject",
    "DropObject",       "RenameObject",    "Truncate",
    "Insert",           "Update",          "Delete",
    "LockTable",        "Vacuum",          "Cluster",
    "Analyze",          "SetParameter",    "TransactionControl"};
static_assert(names.size() == std::variant_size_v<migration::Action>);

}  // namespace

std::vector<migration::Operation> operations_of(std::string_view text) {
  std::vector<migration::Operation> operations;
  migration::append_sql(text, {}, operations);
  return operations;
}

migration::Operation operation_of(std::string_view text) {
  auto operations = operations_of(text);
  REQUIRE_MESSAGE(operations.size() == 1, std::string(text));
  return std::move(operations.front());
}

std::string_view action_name(const migration::Operation& operation) {
  return names[operation.action.index()];
}

std::string actions_of(std::string_view text) {
  std::string result;
  for (const migration::Operation& operation : operations_of(text)) {
    result += result.empty() ? "" : " ";
    result += action_name(operation);
  }
  return result;
}

}  // namespace gauger::tests
