#include "rules/foreign_key_type_mismatch/foreign_key_type_mismatch.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "effect/lookup.hpp"
#include "effect/type_name.hpp"

namespace gauger::rules {

using migration::Operation;

namespace {

// What is as good as the same: no value of one is too large for the other by its kind.
std::string_view kind_of(std::string_view type) {
  static constexpr std::array<std::string_view, 4> texts = {"text", "character varying", "citext",
                                                            "name"};
  return std::find(texts.begin(), texts.end(), type) != texts.end() ? "text" : type;
}

// The type by its name, or the column's domain's; empty: not known.
std::string type_of(const std::string& written, const catalog::Catalog& catalog) {
  const catalog::Domain* domain = effect::find_domain(catalog, written);
  return written.empty() ? std::string()
                         : effect::parse_type(domain == nullptr ? written : domain->type).base;
}

std::string column_type(const Operation& operation, const std::string& name,
                        const engine::StatementContext& context) {
  if (const auto* create = operation.as<migration::CreateTable>()) {
    const auto column =
        std::find_if(create->columns.begin(), create->columns.end(),
                     [&](const migration::Column& each) { return each.name.text == name; });
    return column == create->columns.end() ? std::string() : column->type.text;
  }
  for (const Operation& each : context.operations) {
    const auto* add = each.as<migration::AddColumn>();
    if (add != nullptr && add->column.name.text == name) {
      return add->column.type.text;
    }
  }
  const catalog::Table* table = context.before.find_table(operation.table);
  const auto* column = table == nullptr ? nullptr : table->find_column(name);
  return column == nullptr ? std::string() : column->type;
}

// The target's columns; those of its primary key where the foreign key names none.
std::vector<std::string> targets(const migration::Constraint& key, const catalog::Table& table) {
  std::vector<std::string> names;
  for (const migration::Name& name : key.referenced_columns) {
    names.push_back(name.text);
  }
  if (names.empty()) {
    for (const catalog::Constraint& each : table.constraints) {
      if (each.kind == catalog::ConstraintKind::primary_key) {
        names = each.columns;
      }
    }
  }
  return names;
}

void look_at(const Operation& operation, const migration::Constraint& key,
             const engine::StatementContext& context, std::vector<engine::Report>& reports) {
  const catalog::Table* target = key.kind == migration::ConstraintKind::foreign_key
                                     ? context.before.find_table(key.referenced)
                                     : nullptr;
  if (target == nullptr || !key.columns_known) {
    return;
  }
  const std::vector<std::string> names = targets(key, *target);
  for (std::size_t i = 0; i < key.columns.size() && i < names.size(); ++i) {
    const catalog::Column* referenced = target->find_column(names[i]);
    const std::string there =
        referenced == nullptr ? std::string() : type_of(referenced->type, context.before);
    const std::string here =
        type_of(column_type(operation, key.columns[i].text, context), context.before);
    if (there.empty() || here.empty() || kind_of(there) == kind_of(here)) {
      continue;
    }
    reports.push_back(
        {.operation = &operation,
         .message = fmt::format("{}.{} is {} and refers to {}.{}, which is {}",
                                migration::display(operation.table), key.columns[i].text, here,
                                catalog::display(target->name), names[i], there),
         .help = fmt::format("give the column the type of its target, {}", there)});
  }
}

std::vector<engine::Report> check_foreign_key_type_mismatch(
    const engine::StatementContext& context) {
  std::vector<engine::Report> reports;
  for (const Operation& operation : context.operations) {
    if (const auto* create = operation.as<migration::CreateTable>()) {
      for (const migration::Constraint& constraint : create->constraints) {
        look_at(operation, constraint, context, reports);
      }
    } else if (const auto* add = operation.as<migration::AddConstraint>()) {
      look_at(operation, add->constraint, context, reports);
    }
  }
  return reports;
}

}  // namespace

const engine::Rule foreign_key_type_mismatch{
    .info = {.id = "foreign-key-type-mismatch",
             .severity = finding::Severity::warning,
             .summary = "A foreign key's column has another type than the column that it "
                        "refers to.",
             .explanation = "PostgreSQL accepts integer against bigint and the like: then each "
                            "check casts, and the smaller type runs out first, so that new rows "
                            "of the target can no longer be referred to. Types without a common "
                            "comparison, such as uuid and integer, are refused.\n\n"
                            "Give the column the type of its target."},
    .claim = {engine::ClaimKind::nothing},
    .check_statement = check_foreign_key_type_mismatch};

}  // namespace gauger::rules
