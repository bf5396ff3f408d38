// Where things are in a catalog that operations change, so that nobody looks through all tables.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "catalog/catalog.hpp"

namespace gauger::catalog {

// The tables that may have an index or constraint of that name, that may be children (partitions or
// inheriting tables) of a table, or have foreign keys to it. By the names alone, in any schema. All
// tables where the catalog keeps no whereabouts, so the caller looks for itself. Valid until a
// table is inserted, erased or renamed.
[[nodiscard]] std::vector<const Table*> tables_with_index(const Catalog& catalog,
                                                          std::string_view index);
[[nodiscard]] std::vector<const Table*> tables_with_constraint(const Catalog& catalog,
                                                               std::string_view constraint);
[[nodiscard]] std::vector<const Table*> children(const Catalog& catalog, std::string_view parent);
[[nodiscard]] std::vector<const Table*> referencing(const Catalog& catalog, std::string_view table);

// Notes what a table has; of its indexes, those from the first on that is not noted.
void note(Whereabouts& whereabouts, const Table& table, std::size_t first_index = 0);

}  // namespace gauger::catalog
