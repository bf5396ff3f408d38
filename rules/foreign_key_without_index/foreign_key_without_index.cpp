#include "rules/foreign_key_without_index/foreign_key_without_index.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/advice.hpp"

namespace gauger::rules {

using migration::Operation;

namespace {

using Names = std::vector<std::string>;

// Whether the first keys are these columns, in whatever order.
bool begins_with(const Names& keys, const Names& columns) {
  return keys.size() >= columns.size() &&
         std::is_permutation(columns.begin(), columns.end(), keys.begin());
}

Names texts(const std::vector<migration::Name>& names) {
  Names result;
  for (const migration::Name& name : names) {
    result.push_back(name.text);
  }
  return result;
}

template <class Keys>
Names key_columns(const Keys& keys) {
  Names result;
  for (const auto& key : keys) {
    if constexpr (requires { key.column.text; }) {
      result.push_back(key.column.text);
    } else {
      result.push_back(key.column);
    }
  }
  return result;
}

bool is_key(migration::ConstraintKind kind) {
  return kind == migration::ConstraintKind::primary_key ||
         kind == migration::ConstraintKind::unique;
}

// Whether an operation of the pull request makes such an index, before or after.
bool makes_index(const Operation& operation, const migration::TableName& table,
                 const Names& columns) {
  if (!engine::may_be_same(operation.table, table)) {
    return false;
  }
  if (const auto* create = operation.as<migration::CreateIndex>()) {
    return create->index.predicate.empty() &&
           (!create->index.keys_known || begins_with(key_columns(create->index.keys), columns));
  }
  const auto serves = [&](const migration::Constraint& each) {
    return is_key(each.kind) && begins_with(texts(each.columns), columns);
  };
  if (const auto* add = operation.as<migration::AddConstraint>()) {
    return serves(add->constraint);
  }
  const auto* create = operation.as<migration::CreateTable>();
  return create != nullptr &&
         (!create->columns_known ||
          std::any_of(create->constraints.begin(), create->constraints.end(), serves));
}

bool is_indexed(const migration::TableName& name, const Names& columns,
                const engine::StatementContext& context) {
  const auto& others = context.revision.pull_request;
  const catalog::Table* table = context.before.find_table(name);
  const auto makes = [&](const migration::Migration& migration) {
    return std::any_of(migration.upgrade.begin(), migration.upgrade.end(),
                       [&](const Operation& each) { return makes_index(each, name, columns); });
  };
  return makes(context.revision.migration) ||
         std::any_of(others.begin(), others.end(),
                     [&](const auto* each) { return makes(*each); }) ||
         (table != nullptr && std::any_of(table->indexes.begin(), table->indexes.end(),
                                          [&](const catalog::Index& index) {
                                            return index.predicate.empty() &&
                                                   (!index.keys_known ||
                                                    begins_with(key_columns(index.keys), columns));
                                          }));
}

std::vector<engine::Report> check_foreign_key_without_index(
    const engine::StatementContext& context) {
  std::vector<engine::Report> reports;
  for (const Operation& operation : context.operations) {
    std::vector<const migration::Constraint*> added;
    if (const auto* add = operation.as<migration::AddConstraint>()) {
      added.push_back(&add->constraint);
    } else if (const auto* create = operation.as<migration::CreateTable>()) {
      for (const migration::Constraint& each : create->constraints) {
        added.push_back(&each);
      }
    }
    for (const migration::Constraint* key : added) {
      const Names columns = texts(key->columns);
      if (key->kind != migration::ConstraintKind::foreign_key || !key->columns_known ||
          columns.empty() || is_indexed(operation.table, columns, context)) {
        continue;
      }
      const std::string table = migration::display(operation.table);
      reports.push_back({.operation = &operation,
                         .message = fmt::format(
                             "no index of {} begins with {}: each delete in {} reads all of it",
                             table, fmt::join(columns, ", "), migration::display(key->referenced)),
                         .help = fmt::format(R"(op.create_index(None, "{}", ["{}"]))", table,
                                             fmt::join(columns, R"(", ")"))});
    }
  }
  return reports;
}

}  // namespace

const engine::Rule foreign_key_without_index{
    .info = {.id = "foreign-key-without-index",
             .severity = finding::Severity::warning,
             .summary = "A foreign key's columns are in no index, so that each delete in the "
                        "other table reads all of this one.",
             .explanation = "PostgreSQL indexes the referenced side only. For each row that is "
                            "deleted there, or whose key changes, it looks for rows here: without "
                            "an index that begins with the columns it reads the whole table, row "
                            "by deleted row.\n\n"
                            "Create the index first, concurrently where the table has rows. Off "
                            "by default: where nothing is ever deleted from the target, the index "
                            "is of no use.",
             .enabled_by_default = false},
    .claim = {engine::ClaimKind::nothing},
    .check_statement = check_foreign_key_without_index};

}  // namespace gauger::rules
