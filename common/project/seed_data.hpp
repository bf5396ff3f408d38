// [[seed-data]]: the rows that a database must have.
#pragma once

#include <vector>

#include "project/project.hpp"
#include "project/table_reader.hpp"

namespace gauger::project {

// What is wrong goes to `problems`.
[[nodiscard]] std::vector<SeedDataSettings> read_seed_data(const TomlValue& value,
                                                           Problems& problems);

}  // namespace gauger::project
