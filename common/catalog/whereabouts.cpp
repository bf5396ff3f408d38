#include "catalog/whereabouts.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>

namespace gauger::catalog {
namespace {

using Places = Whereabouts::Places;

std::size_t hash_of(std::string_view name) { return std::hash<std::string_view>{}(name); }

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
  const Whereabouts& whereabouts = *catalog.whereabouts;
  const auto [first, last] = (whereabouts.*places).equal_range(hash_of(name));
  for (auto place = first; place != last; ++place) {
    const auto table = catalog.tables.find(whereabouts.tables[place->second]);
    if (table != catalog.tables.end()) {
      tables.push_back(&table->second);
    }
  }
  return tables;
}

void add(Places& places, std::string_view name, std::uint32_t table) {
  const std::size_t hash = hash_of(name);
  const auto [first, last] = places.equal_range(hash);
  if (std::none_of(first, last, [&](const auto& place) { return place.second == table; })) {
    places.emplace(hash, table);
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

void note(Whereabouts& whereabouts, const Table& table, std::size_t first_index) {
  const auto [known, added] = whereabouts.numbers.try_emplace(
      table.name, static_cast<std::uint32_t>(whereabouts.tables.size()));
  if (added) {
    whereabouts.tables.push_back(table.name);
  }
  const std::uint32_t number = known->second;
  for (std::size_t i = added ? 0 : first_index; i < table.indexes.size(); ++i) {
    add(whereabouts.indexes, table.indexes[i].name, number);
  }
  for (const Constraint& constraint : table.constraints) {
    add(whereabouts.constraints, constraint.name, number);
    if (constraint.kind == ConstraintKind::foreign_key) {
      add(whereabouts.references, constraint.referenced.name, number);
    }
  }
  if (!table.partition_of.name.empty()) {
    add(whereabouts.children, table.partition_of.name, number);
  }
  for (const QualifiedName& parent : table.inherits) {
    add(whereabouts.children, parent.name, number);
  }
}

}  // namespace gauger::catalog
