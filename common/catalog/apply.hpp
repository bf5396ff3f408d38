// What an operation makes of a catalog, as PostgreSQL would do it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_set>

#include "catalog/catalog.hpp"
#include "catalog/past.hpp"
#include "migration/operation.hpp"

namespace gauger::catalog {

// What was noted of the tables of one catalog while operations were applied to it, so that the next
// ones need not look through all of them. It may name what is gone, but misses nothing: it begins
// with an empty catalog, or with none and `begun` false, and all changes are made with it.
struct Hints {
  bool begun = false;
  bool has_children = false;  // some table is a partition, or inherits
  std::unordered_set<std::string> indexes{};
  std::unordered_set<std::string> constraints{};
};

// A catalog that operations are applied to, with what has to be told of it.
struct Changing {
  Catalog& catalog;
  Hints& hints;
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
// `revision` is noted in what is created. `past` is told of what changes, so that it can be undone;
// `hints`, which undoing need not touch, make it quick on large catalogs.
void apply(const migration::Operation& operation, Catalog& catalog,
           std::optional<std::uint32_t> revision = {}, Past* past = nullptr,
           Hints* hints = nullptr);

}  // namespace gauger::catalog
