// What a seed script names that is not there.
#pragma once

#include <string>
#include <vector>

#include "catalog/catalog.hpp"
#include "migration/migration.hpp"
#include "seed/read.hpp"

namespace gauger::seed {

struct MissingName {
  std::string table{};   // as written
  std::string column{};  // empty: the table is not there
  Place place{};
};

// The tables that the script writes to, and the columns that its SQL text names there, which the
// schema at head lacks. Silent on what cannot be told: under a condition or in a `try`, where the
// schema is not known as a whole, after a statement that is not understood, of tables that an
// extension or another search path may have. Each place once.
[[nodiscard]] std::vector<MissingName> missing_names(const migration::Migration& script,
                                                     const catalog::Catalog& head);

}  // namespace gauger::seed
