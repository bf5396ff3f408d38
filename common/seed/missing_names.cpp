#include "seed/missing_names.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "catalog/apply.hpp"
#include "migration/operation.hpp"

namespace gauger::seed {
namespace {

using catalog::Catalog;
using catalog::Table;
using migration::Operation;

bool writes_rows(const Operation& operation) {
  return operation.is<migration::Insert>() || operation.is<migration::Update>() ||
         operation.is<migration::Delete>() || operation.is<migration::Truncate>();
}

bool makes_no_tables(const std::string& extension) {
  constexpr std::array<std::string_view, 14> known{
      "plpgsql",   "pgcrypto",   "uuid-ossp", "citext",        "hstore",    "ltree",    "pg_trgm",
      "btree_gin", "btree_gist", "unaccent",  "fuzzystrmatch", "tablefunc", "intarray", "vector"};
  return std::find(known.begin(), known.end(), extension) != known.end();
}

// Whether a table or view of that name, in whatever schema, is there or may be.
bool may_be_there(const Catalog& catalog, const migration::TableName& table) {
  const auto has_name = [&](const auto& each) { return each.first.name == table.name.text; };
  return !catalog.complete || !table.name.known || !table.schema.known || table.name.absent() ||
         std::any_of(catalog.tables.begin(), catalog.tables.end(), has_name) ||
         std::any_of(catalog.views.begin(), catalog.views.end(), has_name) ||
         !std::all_of(catalog.extensions.begin(), catalog.extensions.end(), makes_no_tables);
}

// As SQL text names them: unquoted ones are in lower case.
std::vector<std::string> written_columns(const Operation& operation) {
  if (!operation.from_sql) {
    return {};  // SQLAlchemy's keys are not always the columns' names
  }
  if (const auto* insert = operation.as<migration::Insert>()) {
    return insert->columns;
  }
  const auto* update = operation.as<migration::Update>();
  return update == nullptr ? std::vector<std::string>() : update->assigned;
}

// All its columns are known, and are its own.
bool is_known(const Table& table) {
  return table.columns_known && table.certainty == catalog::Certainty::certain &&
         table.partition_of.name.empty() && table.inherits.empty();
}

}  // namespace

std::vector<MissingName> missing_names(const migration::Migration& script, const Catalog& head) {
  std::vector<MissingName> result;
  const auto add = [&](const Operation& operation, std::string column) {
    add_once(MissingName{.table = display(operation.table),
                         .column = std::move(column),
                         .place = place_of(operation, script)},
             result);
  };
  std::optional<Catalog> own;    // with what the script itself makes
  std::set<std::string> of_own;  // its tables, and temporary ones, which no catalog has
  for (const Operation& operation : script.upgrade) {
    const Catalog& there = own ? *own : head;
    if (operation.is<migration::SetParameter>() || !operation.understood()) {
      break;  // a search path; who knows what
    }
    if (operation.is<migration::CreateTable>()) {
      of_own.insert(operation.table.name.text);
    }
    if (!writes_rows(operation)) {
      if (!own) {
        own = head;
      }
      catalog::apply(operation, *own);
      continue;
    }
    if (operation.may_run || operation.attempted || of_own.contains(operation.table.name.text)) {
      continue;
    }
    const Table* table = there.find_table(operation.table);
    if (table == nullptr) {
      if (!may_be_there(there, operation.table)) {
        add(operation, {});
      }
      continue;
    }
    if (!is_known(*table)) {
      continue;
    }
    for (const std::string& column : written_columns(operation)) {
      if (table->find_column(column) == nullptr) {
        add(operation, column);
      }
    }
  }
  return result;
}

}  // namespace gauger::seed
