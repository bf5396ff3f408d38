#include "catalog/whereabouts.hpp"

#include <algorithm>

namespace gauger::catalog {
namespace {

using Places = Whereabouts::Places;

std::vector<const Table*> look_up(const Catalog& catalog, Places Whereabouts::*places,
                                  std::string_view name) {
  std::vector<const Table*> tables;
  if (!catalog.whereabouts) {
    tables.reserve(catalog.tables.size());
    for (const auto& [key, table] : catalog.tables) {
      tables.push_back(&table);
    }
    return tables;
  }
  const Places& known = (*catalog.whereabouts).*places;
  if (const auto found = known.find(std::string(name)); found != known.end()) {
    for (const QualifiedName& each : found->second) {
      if (const auto table = catalog.tables.find(each); table != catalog.tables.end()) {
        tables.push_back(&table->second);
      }
    }
  }
  return tables;
}

void add(Places& places, const std::string& name, const QualifiedName& table) {
  std::vector<QualifiedName>& tables = places[name];
  if (std::find(tables.begin(), tables.end(), table) == tables.end()) {
    tables.push_back(table);
  }
}

}  // namespace

std::vector<const Table*> tables_with_index(const Catalog& catalog, std::string_view index) {
  return look_up(catalog, &Whereabouts::indexes, index);
}

std::vector<const Table*> tables_with_constraint(const Catalog& catalog,
                                                 std::string_view constraint) {
  return look_up(catalog, &Whereabouts::constraints, constraint);
}

std::vector<const Table*> children(const Catalog& catalog, std::string_view parent) {
  return look_up(catalog, &Whereabouts::children, parent);
}

std::vector<const Table*> referencing(const Catalog& catalog, std::string_view table) {
  return look_up(catalog, &Whereabouts::references, table);
}

void note(Whereabouts& whereabouts, const Table& table) {
  for (const Index& index : table.indexes) {
    add(whereabouts.indexes, index.name, table.name);
  }
  for (const Constraint& constraint : table.constraints) {
    add(whereabouts.constraints, constraint.name, table.name);
    if (constraint.kind == ConstraintKind::foreign_key) {
      add(whereabouts.references, constraint.referenced.name, table.name);
    }
  }
  if (!table.partition_of.name.empty()) {
    add(whereabouts.children, table.partition_of.name, table.name);
  }
  for (const QualifiedName& parent : table.inherits) {
    add(whereabouts.children, parent.name, table.name);
  }
}

}  // namespace gauger::catalog
