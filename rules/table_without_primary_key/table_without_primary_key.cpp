#include "rules/table_without_primary_key/table_without_primary_key.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace gauger::rules {

using migration::Operation;

namespace {

bool is_primary(const migration::Constraint& constraint) {
  return constraint.kind == migration::ConstraintKind::primary_key;
}

std::vector<engine::Report> check_table_without_primary_key(const engine::RuleContext& context) {
  std::vector<engine::Report> reports;
  const auto& upgrade = context.migration.upgrade;
  for (const Operation& operation : upgrade) {
    const auto* create = operation.as<migration::CreateTable>();
    if (create == nullptr || !create->columns_known || create->temporary || create->from_query ||
        !create->partition_of.name.absent() || !create->inherits.empty() ||
        std::any_of(create->constraints.begin(), create->constraints.end(), is_primary)) {
      continue;
    }
    const bool later = std::any_of(upgrade.begin(), upgrade.end(), [&](const Operation& each) {
      const auto* add = each.as<migration::AddConstraint>();
      return add != nullptr && is_primary(add->constraint) &&
             engine::may_be_same(each.table, operation.table);
    });
    if (!later) {
      reports.push_back(
          {.operation = &operation,
           .message = fmt::format("{} has no primary key", migration::display(operation.table)),
           .help = "sa.Column(\"id\", sa.BigInteger(), sa.Identity(), "
                   "primary_key=True)"});
    }
  }
  return reports;
}

}  // namespace

const engine::Rule table_without_primary_key{
    .info = {.id = "table-without-primary-key",
             .severity = finding::Severity::warning,
             .summary = "A table is created without a primary key.",
             .explanation = "Logical replication refuses UPDATE and DELETE of a table without "
                            "one, duplicates cannot be told apart, and SQLAlchemy's ORM cannot "
                            "map it.\n\n"
                            "Add `sa.PrimaryKeyConstraint` or `primary_key=True`; an association "
                            "table has both its foreign keys as the key.",
             .enabled_by_default = false},
    .claim = {engine::ClaimKind::nothing},
    .check = check_table_without_primary_key};

}  // namespace gauger::rules
