// Prints migrations as operations: one JSON object a line on stdin, one on stdout.
// operations_test.py asks for what Alembic's directives do, and for what the SQL that Alembic emits
// for them does, and compares.
//
// A question has "sql", text that append_sql reads, or "python", the text of a revision file whose
// upgrade() is read.
#include <iostream>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "base/file_tree.hpp"
#include "base/json.hpp"
#include "eval/module.hpp"
#include "migration/from_sql.hpp"
#include "migration/migration.hpp"
#include "migration/operation.hpp"

namespace {

using gauger::base::Json;
namespace migration = gauger::migration;

Json shown(const migration::Name& name) { return name.known ? Json(name.text) : Json("?"); }

Json shown(const std::vector<migration::Name>& names) {
  Json out = Json::array();
  for (const migration::Name& name : names) {
    out.push_back(shown(name));
  }
  return out;
}

Json shown(const migration::EnumType& type) {
  return {{"name", shown(type.name)}, {"schema", shown(type.schema)}, {"labels", type.labels}};
}

Json shown(const std::optional<migration::Default>& value) {
  if (!value) {
    return nullptr;
  }
  constexpr const char* kinds[] = {"literal", "expression", "unknown"};  // NOLINT
  return {{"kind", kinds[static_cast<int>(value->kind)]},
          {"text", value->text},
          {"from_string", value->from_string}};
}

Json shown(const migration::Constraint& constraint) {
  return {{"kind", static_cast<int>(constraint.kind)},
          {"name", shown(constraint.name)},
          {"columns", shown(constraint.columns)},
          {"expression", constraint.expression},
          {"referenced", display(constraint.referenced)},
          {"referenced_columns", shown(constraint.referenced_columns)},
          {"on_delete", constraint.on_delete},
          {"on_update", constraint.on_update},
          {"not_valid", constraint.not_valid},
          {"deferrable", constraint.deferrable},
          {"initially_deferred", constraint.initially_deferred},
          {"nulls_not_distinct", constraint.nulls_not_distinct}};
}

Json shown(const std::vector<migration::Constraint>& constraints) {
  Json out = Json::array();
  for (const migration::Constraint& constraint : constraints) {
    out.push_back(shown(constraint));
  }
  return out;
}

Json shown(const migration::Column& column) {
  Json out = {{"name", shown(column.name)},
              {"type", column.type.text},
              {"server_default", shown(column.server_default)},
              {"identity", static_cast<int>(column.identity)},
              {"collation", column.collation},
              {"primary_key", column.primary_key},
              {"serial", column.serial}};
  out["nullable"] = column.nullable ? Json(*column.nullable) : Json(nullptr);
  out["generated"] = nullptr;
  if (column.generated) {
    out["generated"] = {{"expression", column.generated->expression},
                        {"kind", static_cast<int>(column.generated->kind)}};
  }
  return out;
}

Json shown(const migration::Index& index) {
  Json keys = Json::array();
  for (const migration::IndexKey& key : index.keys) {
    keys.push_back({{"column", shown(key.column)},
                    {"expression", key.expression},
                    {"operator_class", key.operator_class},
                    {"descending", key.descending},
                    {"nulls_first", key.nulls_first},
                    {"nulls_last", key.nulls_last}});
  }
  return {{"name", shown(index.name)},
          {"keys", keys},
          {"included", shown(index.included)},
          {"method", index.method},
          {"predicate", index.predicate},
          {"unique", index.unique},
          {"nulls_not_distinct", index.nulls_not_distinct}};
}

Json shown(const migration::CreateTable& create) {
  Json columns = Json::array();
  for (const migration::Column& column : create.columns) {
    columns.push_back(shown(column));
  }
  Json inherits = Json::array();
  for (const migration::TableName& table : create.inherits) {
    inherits.push_back(display(table));
  }
  return {{"columns", columns},
          {"constraints", shown(create.constraints)},
          {"partition_strategy", create.partition_strategy},
          {"partition_key", create.partition_key},
          {"inherits", inherits},
          {"columns_known", create.columns_known},
          {"temporary", create.temporary},
          {"unlogged", create.unlogged}};
}

// What is compared of an action; the others are compared by their name alone.
Json details(const migration::Action& action) {
  return std::visit(
      [](const auto& made) -> Json {
        using Made = std::decay_t<decltype(made)>;
        if constexpr (std::is_same_v<Made, migration::CreateTable>) {
          return shown(made);
        } else if constexpr (std::is_same_v<Made, migration::AddColumn>) {
          return shown(made.column);
        } else if constexpr (std::is_same_v<Made, migration::DropColumn> ||
                             std::is_same_v<Made, migration::SetNotNull> ||
                             std::is_same_v<Made, migration::DropNotNull>) {
          return shown(made.column);
        } else if constexpr (std::is_same_v<Made, migration::RenameColumn>) {
          return {shown(made.column), shown(made.to)};
        } else if constexpr (std::is_same_v<Made, migration::ChangeType>) {
          return {{"column", shown(made.column)}, {"type", made.type.text}, {"using", made.using_}};
        } else if constexpr (std::is_same_v<Made, migration::SetDefault>) {
          return {{"column", shown(made.column)}, {"value", shown(made.value)}};
        } else if constexpr (std::is_same_v<Made, migration::ChangeIdentity>) {
          return {{"column", shown(made.column)},
                  {"change", static_cast<int>(made.change)},
                  {"identity", static_cast<int>(made.identity)}};
        } else if constexpr (std::is_same_v<Made, migration::SetComment>) {
          return {{"column", shown(made.column)},
                  {"comment", made.comment ? Json(*made.comment) : Json(nullptr)}};
        } else if constexpr (std::is_same_v<Made, migration::RenameTable>) {
          return display(made.to);
        } else if constexpr (std::is_same_v<Made, migration::AddConstraint>) {
          return shown(made.constraint);
        } else if constexpr (std::is_same_v<Made, migration::CreateIndex>) {
          return shown(made.index);
        } else if constexpr (std::is_same_v<Made, migration::CreateEnum>) {
          return shown(made.type);
        } else if constexpr (std::is_same_v<Made, migration::CreateDomain>) {
          return {{"type", made.type.text},
                  {"not_null", made.not_null},
                  {"checks", shown(made.checks)}};
        } else if constexpr (std::is_same_v<Made, migration::Insert>) {
          return made.columns;
        } else if constexpr (std::is_same_v<Made, migration::Update>) {
          return {{"assigned", made.assigned}, {"where", made.where.value_or("")}};
        } else if constexpr (std::is_same_v<Made, migration::Delete>) {
          return made.where.value_or("");
        } else if constexpr (std::is_same_v<Made, migration::CreateObject> ||
                             std::is_same_v<Made, migration::DropObject>) {
          return static_cast<int>(made.kind);
        } else if constexpr (std::is_same_v<Made, migration::Opaque>) {
          return made.reason;
        } else {
          return nullptr;
        }
      },
      action);
}

std::string_view name_of(const migration::Action& action) {
  constexpr std::string_view names[] = {
      // NOLINT
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
  static_assert(std::size(names) == std::variant_size_v<migration::Action>);
  return names[action.index()];
}

Json shown(const std::vector<migration::Operation>& operations) {
  Json out = Json::array();
  for (const migration::Operation& operation : operations) {
    out.push_back({{"action", name_of(operation.action)},
                   {"details", details(operation.action)},
                   {"table", display(operation.table)},
                   {"object", shown(operation.object)},
                   {"if_exists", operation.if_exists},
                   {"if_not_exists", operation.if_not_exists},
                   {"cascade", operation.cascade},
                   {"concurrently", operation.concurrently},
                   {"may_run", operation.may_run},
                   {"statement", operation.statement},
                   {"transaction", operation.transaction},
                   {"autocommit", operation.autocommit}});
  }
  return out;
}

Json answer(const Json& question) {
  if (question.contains("sql")) {
    std::vector<migration::Operation> operations;
    migration::append_sql(question.at("sql").get<std::string>(), {}, operations);
    return shown(operations);
  }
  const gauger::base::WorkingTree nothing("/nonexistent");
  gauger::eval::Library library(nothing, {});
  const auto read =
      migration::read("revision.py", question.at("python").get<std::string>(), library, {});
  return read ? shown(read->upgrade) : Json(read.error().message);
}

}  // namespace

int main() {
  std::ios::sync_with_stdio(false);
  for (std::string line; std::getline(std::cin, line);) {
    std::cout << answer(Json::parse(line)).dump() << '\n';
  }
}
