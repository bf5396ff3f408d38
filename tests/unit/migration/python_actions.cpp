#include "unit/migration/python_actions.hpp"

#include <utility>

#include <doctest/doctest.h>

#include "base/file_tree.hpp"
#include "unit/migration/sql_actions.hpp"

namespace gauger::tests {
namespace {

constexpr std::string_view imports =
    "from alembic import op\nimport sqlalchemy as sa\nfrom sqlalchemy.dialects import "
    "postgresql\n";

std::string with_body(std::string_view definitions, std::string_view body) {
  std::string text(imports);
  text += definitions;
  text += "\ndef upgrade():\n    ";
  for (const char letter : body) {
    text += letter;
    text += letter == '\n' ? "    " : "";
  }
  return text + "\n";
}

}  // namespace

migration::Migration migration_of(std::string_view python) {
  const base::WorkingTree nothing("/nonexistent");
  eval::Library library(nothing, {});
  migration::Settings settings;
  settings.downgrade = migration::ReadDowngrade::always;
  auto read = migration::read("revision.py", std::string(python), library, settings);
  REQUIRE_MESSAGE(read.has_value(), std::string(python));
  return std::move(*read);
}

std::vector<migration::Operation> upgrade_of(std::string_view body) {
  return std::move(migration_of(with_body("", body)).upgrade);
}

migration::Operation one_of(std::string_view body) {
  auto operations = upgrade_of(body);
  REQUIRE_MESSAGE(operations.size() == 1, std::string(body));
  return std::move(operations.front());
}

std::string summary_of(std::string_view body) {
  std::string out;
  for (const migration::Operation& operation : upgrade_of(body)) {
    out += out.empty() ? "" : "; ";
    out += action_name(operation);
    const std::string table = display(operation.table);
    if (!table.empty()) {
      out += " " + table;
    }
    if (!operation.object.absent()) {
      out += " " + display(operation.object);
    }
  }
  return out;
}

migration::Type type_of(std::string_view type, std::string_view definitions) {
  const auto made = migration_of(
      with_body(definitions, "op.add_column('t', sa.Column('c', " + std::string(type) + "))"));
  REQUIRE(made.upgrade.size() == 1);
  const auto* add = made.upgrade[0].as<migration::AddColumn>();
  REQUIRE(add != nullptr);
  return add->column.type;
}

}  // namespace gauger::tests
