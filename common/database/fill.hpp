// Filling tables with rows, so that what a migration does meets data.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "catalog/catalog.hpp"
#include "database/connection.hpp"

namespace gauger::database {

struct FillOptions {
  std::size_t rows = 1000;                       // for each table; at most a million
  std::set<catalog::QualifiedName> leave_out{};  // Alembic's version table and the like
};

struct Filled {
  catalog::QualifiedName table{};
  std::size_t rows = 0;  // fewer than asked for where a unique key has no more values
};

struct Unfilled {
  catalog::QualifiedName table{};
  std::string reason{};
};

struct FillReport {
  std::vector<Filled> filled{};
  std::vector<Unfilled> unfilled{};
};

// Adds rows to all tables of the database, on the server, with one INSERT for each table (for those
// that refer to each other in a circle, one for all of them). What the rows hold follows from their
// number alone, so that a foreign key finds its row, and two runs make the same.
//
// Types, NOT NULL, primary, foreign and unique keys, unique indexes, check and exclusion
// constraints, enums, domains, identity, arrays, ranges, generated columns, partitions (through
// their table) and inheritance are satisfied. Checks are understood by trying: values of many
// shapes and those that the check itself names are evaluated by the server. A column that may be
// NULL is NULL in every fifth row, and one that no key needs to be unique has each value twice.
//
// `catalog` is what read_catalog() gives. Each table is committed by itself; one that cannot be
// filled is named with the reason, and so is one that needs its rows.
//
// Error (database): the connection is lost.
[[nodiscard]] base::Result<FillReport> fill_tables(Connection& connection,
                                                   const catalog::Catalog& catalog,
                                                   const FillOptions& options);

}  // namespace gauger::database
