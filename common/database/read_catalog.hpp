// The catalog of a database, as the server knows it.
#pragma once

#include "base/result.hpp"
#include "catalog/catalog.hpp"
#include "database/connection.hpp"

namespace gauger::database {

// Reads everything that the Catalog has a place for, in the server's own normal form, in one
// read-only transaction and a fixed number of queries. PostgreSQL 12 and newer. No privilege is
// needed but to connect.
//
// - search_path is "public" meanwhile, so that the server's texts qualify what lies in any other
//   schema, whatever the database's own setting is. `schema` of a QualifiedName is never empty.
// - Left out: the system's schemas, temporary tables, what belongs to an extension, foreign tables
//   and aggregates; the sequences of identity columns, which are told in Column::identity_options.
// - NOT NULL is in Column::nullable only. PostgreSQL 18 has a constraint for each, older ones do
// not,
//   and two databases that differ in nothing else accept the same rows.
// - Sorted: constraints, indexes, triggers and policies by name, columns in their order.
//
// The connection must not be inside a transaction.
[[nodiscard]] base::Result<catalog::Catalog> read_catalog(Connection& connection);

}  // namespace gauger::database
