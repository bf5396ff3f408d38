#include "unit/catalog/make.hpp"

#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "catalog/apply.hpp"
#include "migration/from_sql.hpp"

namespace gauger::tests {
namespace {

using catalog::Catalog;
using catalog::Certainty;

const catalog::Table& table_of(const Catalog& catalog, std::string_view name) {
  const auto* table = catalog.find_table({{}, {std::string(name), true}});
  REQUIRE_MESSAGE(table != nullptr, std::string(name));
  return *table;
}

const char* mark(Certainty certainty) { return certainty == Certainty::possible ? "~" : ""; }

std::string kind_of(catalog::ConstraintKind kind) {
  switch (kind) {
    case catalog::ConstraintKind::primary_key:
      return "primary key";
    case catalog::ConstraintKind::unique:
      return "unique";
    case catalog::ConstraintKind::check:
      return "check";
    case catalog::ConstraintKind::foreign_key:
      return "foreign key";
    case catalog::ConstraintKind::exclude:
      return "exclude";
    case catalog::ConstraintKind::not_null:
      return "not null";
  }
  return {};
}

}  // namespace

void apply_sql(std::string_view sql, Catalog& catalog, bool may_run) {
  std::vector<migration::Operation> operations;
  migration::append_sql(sql, {.may_run = may_run}, operations);
  for (const migration::Operation& operation : operations) {
    catalog::apply(operation, catalog);
  }
}

Catalog catalog_of(std::string_view sql) {
  Catalog catalog;
  apply_sql(sql, catalog);
  return catalog;
}

std::string columns_of(const Catalog& catalog, std::string_view table) {
  std::vector<std::string> lines;
  for (const catalog::Column& column : table_of(catalog, table).columns) {
    std::string line = fmt::format("{}{} {}", mark(column.certainty), column.name,
                                   column.type.empty() ? "?" : column.type);
    line += !column.nullable ? " null?" : *column.nullable ? "" : " not null";
    if (column.default_) {
      line += fmt::format(" default {}", *column.default_);
    }
    if (column.identity != catalog::Identity::none) {
      line += column.identity == catalog::Identity::always ? " always" : " by default";
    }
    if (!column.generated.empty()) {
      line += fmt::format(" generated {}", column.generated);
    }
    lines.push_back(line);
  }
  return fmt::format("{}", fmt::join(lines, "\n"));
}

std::string constraints_of(const Catalog& catalog, std::string_view table) {
  std::vector<std::string> lines;
  for (const catalog::Constraint& constraint : table_of(catalog, table).constraints) {
    std::string line = fmt::format("{}{} {}", mark(constraint.certainty), constraint.name,
                                   kind_of(constraint.kind));
    line += constraint.kind == catalog::ConstraintKind::check
                ? fmt::format(" {}", constraint.expression)
                : fmt::format(" ({})", fmt::join(constraint.columns, ", "));
    if (constraint.kind == catalog::ConstraintKind::foreign_key) {
      line += fmt::format(" {}({})", catalog::display(constraint.referenced),
                          fmt::join(constraint.referenced_columns, ", "));
    }
    line += constraint.valid ? "" : " not valid";
    line += constraint.inherited ? " inherited" : "";
    lines.push_back(line);
  }
  return fmt::format("{}", fmt::join(lines, "\n"));
}

std::string indexes_of(const Catalog& catalog, std::string_view table) {
  std::vector<std::string> lines;
  for (const catalog::Index& index : table_of(catalog, table).indexes) {
    std::vector<std::string> keys;
    for (const catalog::IndexKey& key : index.keys) {
      keys.push_back(key.column.empty() ? "(" + key.expression.text() + ")" : key.column);
    }
    std::string line = fmt::format("{}{}{} ({})", mark(index.certainty), index.name,
                                   index.unique ? " unique" : "", fmt::join(keys, ", "));
    line += index.predicate.empty() ? "" : " where " + index.predicate.text();
    line += index.constraint.empty() ? "" : " of " + index.constraint.text();
    line += index.valid ? "" : " invalid";
    line += index.inherited ? " inherited" : "";
    lines.push_back(line);
  }
  return fmt::format("{}", fmt::join(lines, "\n"));
}

std::string tables_of(const Catalog& catalog) {
  std::vector<std::string> names;
  for (const auto& [name, table] : catalog.tables) {
    names.push_back(mark(table.certainty) + catalog::display(name));
  }
  return fmt::format("{}", fmt::join(names, " "));
}

}  // namespace gauger::tests
