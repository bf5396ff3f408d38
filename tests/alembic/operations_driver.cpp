// Prints what Gauger reads in revision files: one path below the given root a line on stdin, one
// JSON object a line on stdout. operations_property.py runs the same files through Alembic and
// compares.
#include <array>
#include <iostream>
#include <string>
#include <string_view>

#include "base/file_tree.hpp"
#include "base/json.hpp"
#include "eval/module.hpp"
#include "migration/migration.hpp"

namespace {

using gauger::base::Json;
using gauger::migration::Column;
using gauger::migration::Migration;
using gauger::migration::Operation;

constexpr std::array<std::string_view, 20> kinds = {
    "create_table",      "drop_table",      "rename_table", "add_column",  "drop_column",
    "alter_column",      "create_index",    "drop_index",   "create_constraint",
    "drop_constraint",   "create_type",     "drop_type",    "truncate",    "insert",
    "update",            "delete",          "drop_schema",  "drop_other",  "other",
    "opaque"};

Json described(const Column& column) {
  Json made = {{"name", display(column.name)}, {"type", column.type.text}};
  made["nullable"] = column.nullable ? Json(*column.nullable) : Json();
  made["server_default"] = column.server_default.has_value();
  return made;
}

Json described(const Operation& operation) {
  Json made = {{"kind", kinds.at(static_cast<std::size_t>(operation.kind))},
               {"directive", operation.directive},
               {"table", display(operation.table)},
               {"object", display(operation.object)},
               {"may_run", operation.may_run},
               {"autocommit", operation.autocommit},
               {"from_sql", operation.from_sql},
               {"reason", operation.reason}};
  made["columns"] = Json::array();
  for (const Column& column : operation.columns) {
    made["columns"].push_back(described(column));
  }
  if (operation.change) {
    const auto& change = *operation.change;
    made["column"] = display(change.name);
    made["new_name"] = display(change.new_name);
    made["nullable"] = change.nullable ? Json(*change.nullable) : Json();
    made["type"] = change.type ? Json(change.type->text) : Json();
    made["sets_default"] = change.sets_default;
  }
  if (!operation.new_table.name.absent()) {
    made["new_table"] = display(operation.new_table);
  }
  made["lines"] = Json::array();
  for (const auto& site : operation.sites) {
    made["lines"].push_back(gauger::base::position_of(site.module->text, site.span.begin).line);
  }
  return made;
}

Json answer(const gauger::base::FileTree& tree, gauger::eval::Library& library,
            const std::string& path) {
  const auto text = tree.read(path);
  if (!text) {
    return {{"path", path}, {"error", text.error().message}};
  }
  const auto migration = gauger::migration::read(path, *text, library, {});
  if (!migration) {
    return {{"path", path}, {"error", migration.error().message}};
  }
  Json made = {{"path", path}, {"acts", migration->upgrade_acts}};
  made["operations"] = Json::array();
  for (const Operation& operation : migration->upgrade) {
    made["operations"].push_back(described(operation));
  }
  return made;
}

}  // namespace

// Arguments: the root of the tree, then the folders in it that stand on sys.path.
int main(int count, char** arguments) {
  std::ios::sync_with_stdio(false);
  const std::vector<std::string> given(arguments + 1, arguments + count);
  if (given.empty()) {
    return 2;
  }
  const gauger::base::WorkingTree tree(given.front());
  gauger::eval::Library library(tree, {given.begin() + 1, given.end()});
  for (std::string line; std::getline(std::cin, line);) {
    std::cout << answer(tree, library, line).dump(-1, ' ', false, Json::error_handler_t::replace)
              << std::endl;
  }
}
