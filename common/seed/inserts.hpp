// What a seed script would insert a second time.
#pragma once

#include <string>
#include <vector>

#include "migration/migration.hpp"
#include "seed/read.hpp"

namespace gauger::seed {

// An INSERT that nothing keeps from being run on rows that are there.
struct RepeatedInsert {
  std::string table{};  // as written; "?" for what is not known
  Place place{};
};

// Of a script as read_script() gives it. Guards are ON CONFLICT, a query with NOT EXISTS and the
// like, a condition around it that cannot be told (a look into the table), a `try`, and a DELETE or
// TRUNCATE of the table before it. Each place once.
[[nodiscard]] std::vector<RepeatedInsert> repeated_inserts(const migration::Migration& script);

}  // namespace gauger::seed
