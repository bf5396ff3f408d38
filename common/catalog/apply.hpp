// What an operation makes of a catalog, as PostgreSQL would do it.
#pragma once

#include <cstdint>
#include <optional>

#include "catalog/catalog.hpp"
#include "catalog/past.hpp"
#include "migration/operation.hpp"

namespace gauger::catalog {

// A catalog that operations are applied to, with what has to be told of it.
struct Changing {
  Catalog& catalog;
  Past* past = nullptr;  // null: nothing has to be undone later
};

// Applies one operation; those of one migration come in their order.
//
// - Names that the operation leaves to PostgreSQL are made as PostgreSQL makes them.
// - The operation is taken to succeed: dropping takes along what it could not have left, with
//   CASCADE or without it.
// - One that acts on what is not there does nothing. Where the catalog is not complete, a table
//   that it proves to exist is added, with columns that are not known.
// - One that may not run leaves what it makes and drops `possible`. One that is not understood, or
//   acts on a table whose name cannot be known, leaves the catalog incomplete.
//
// `revision` is noted in what is created. `past` is told of what changes, so that it can be undone.
void apply(const migration::Operation& operation, Catalog& catalog,
           std::optional<std::uint32_t> revision = {}, Past* past = nullptr);

}  // namespace gauger::catalog
